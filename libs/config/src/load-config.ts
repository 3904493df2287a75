import { validateSync } from 'class-validator';
import type { ConfigClass, SettingsClass } from './config-of.js';
import { variablesOf } from './variable.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment is not one to start with. The message names every fault in it, and never a value: it may be a secret. */
export class ConfigError extends Error {
  /** `faults`: what is wrong; `missing`: what has no default and is not set. A line for each. */
  constructor(
    readonly faults: readonly string[],
    readonly missing: readonly string[],
  ) {
    const lines = [...faults, ...missing].map((line) => `  ${line}`);
    // Only the engines and secrets of a fleet have no default.
    const hint =
      missing.length === 0 ? [] : ['`npm start` runs everything in one process with embedded engines instead.'];
    super(['The environment does not configure this app:', ...lines, ...hint].join('\n'));
    this.name = 'ConfigError';
  }
}

/**
 * An app's configuration from the environment: texts become values, defaults fill what is unset or empty, and
 * class-validator checks the whole. In production (`NODE_ENV`) a secret that everybody knows is a fault. The result never
 * changes again. Throws one `ConfigError` with all the faults.
 */
export function loadConfig<T extends object>(configClass: ConfigClass<T>, env: Environment = process.env): Readonly<T> {
  const parts = configClass.settings.map((settingsClass) => readSettings(settingsClass, env));
  const faults = parts.flatMap((part) => part.faults);
  const missing = parts.flatMap((part) => part.missing);
  if (faults.length > 0 || missing.length > 0) throw new ConfigError(faults, missing);
  return Object.freeze(Object.assign(new configClass(), ...parts.map((part) => part.values)) as T);
}

/** The same for a `main.ts`: where the environment is at fault, says so on standard error and ends the process with 78. */
export function loadConfigOrExit<T extends object>(configClass: ConfigClass<T>): Readonly<T> {
  try {
    return loadConfig(configClass);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    // EX_CONFIG of sysexits.h: starting again without a change is of no use.
    return process.exit(78);
  }
}

function readSettings(settingsClass: SettingsClass, env: Environment) {
  const values = new settingsClass() as Record<string, unknown>;
  const missing = new Map<string, string>();
  for (const { name, about, optional, parse } of variablesOf(settingsClass)) {
    const text = env[name]?.trim();
    if (text) values[name] = parse(text);
    else if (values[name] === undefined && !optional) missing.set(name, `${name} is not set: ${about}`);
  }
  const faults = validateSync(values)
    .filter((error) => !missing.has(error.property))
    .flatMap((error) => Object.values(error.constraints ?? {}));
  if (faults.length === 0 && missing.size === 0) faults.push(...(settingsClass.faultsIn?.(values) ?? []));
  if (env.NODE_ENV?.trim() === 'production') faults.push(...knownToEverybody(settingsClass, values));
  return { values, faults, missing: [...missing.values()] };
}

function knownToEverybody(settingsClass: SettingsClass, values: Readonly<Record<string, unknown>>): string[] {
  return variablesOf(settingsClass)
    .filter(({ name, isDevelopment }) => isDevelopment && textsOf(values[name]).some(isDevelopment))
    .map(({ name }) => `${name} holds a secret that everybody knows: production needs one of its own`);
}

/** Of a text or a list of them; what was no such value is a fault already. */
function textsOf(value: unknown): string[] {
  return [value].flat().filter((text) => typeof text === 'string');
}
