import { parse } from 'yaml';

/** What this repository's checks look at in a service. */
export interface Service {
  image?: string;
  environment?: Readonly<Record<string, string | number | null>>;
  ports?: readonly unknown[];
}

type Services = Readonly<Record<string, Service>>;
type Variables = Readonly<Record<string, string | undefined>>;

/** `${NAME:?why}` and `${NAME:-default}`, the two forms that the files use. */
const REFERENCE = /\$\{(\w+):([?-])([^}]*)\}/g;

/** The services of a compose file, `<<` merged, with nothing put in for its variables. */
export function servicesOf(yaml: string): Services {
  return (parse(yaml, { merge: true }) as { services: Services }).services;
}

/** The variables without which Compose does nothing. */
export function requiredIn(yaml: string): string[] {
  const required = Array.from(yaml.matchAll(REFERENCE)).filter(([, , kind]) => kind === '?');
  return [...new Set(required.map(([, name]) => name))].sort();
}

/** The text with the variables put in, as Compose does it. Throws where a required one is unset or empty. */
export function interpolated(yaml: string, variables: Variables): string {
  return yaml.replaceAll(REFERENCE, (_, name: string, kind: string, rest: string) => {
    const value = variables[name] ?? '';
    if (kind === '?' && value === '') throw new Error(`${name} is missing: ${rest}`);
    return value === '' ? rest : value;
  });
}

/** The environment of a service, texts all of it: a variable without a value is an empty one. */
export function environmentOf(yaml: string, service: string): Record<string, string> {
  const entries = Object.entries(servicesOf(yaml)[service].environment ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value ?? '')]));
}
