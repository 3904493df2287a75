/** A class of environment variables that belong together (see variable.ts). */
export interface SettingsClass<T extends object = object> {
  new (): T;
  /** What is wrong with variables that are right one by one: a line for each fault, naming them and never a value. */
  faultsIn?(values: T): string[];
}

/** The configuration class of an app: everything of its settings classes in one value. */
export interface ConfigClass<T extends object> {
  new (): T;
  readonly settings: readonly SettingsClass[];
}

type Intersection<U> = (U extends unknown ? (part: U) => void : never) extends (whole: infer I) => void ? I : never;

/**
 * The base of an app's configuration class: the settings that the app is made of, each declared once and taken by
 * whichever app needs it. `class ApiConfig extends configOf(HttpSettings, AccountSettings) {}`
 */
export function configOf<S extends SettingsClass[]>(
  ...settings: S
): ConfigClass<Intersection<InstanceType<S[number]>> & object> {
  return class {
    static readonly settings = settings;
  } as unknown as ConfigClass<Intersection<InstanceType<S[number]>> & object>;
}
