import 'reflect-metadata';
import { ValidateBy } from 'class-validator';

/** What is known about an environment variable beside its default, which is the property's initial value. */
export interface VariableOptions {
  /** One line for the people who set it: meaning and unit. */
  about: string;
  /** For a variable without a default: a value that could stand there. */
  example?: string;
}

export interface Variable extends VariableOptions {
  name: string;
  /** Turns the text into the value; a text that is none comes back as it is, and the rule refuses it. */
  parse: (text: string) => unknown;
}

const VARIABLES = Symbol('variables');

/** The variables that a settings class declares, in the order of declaration. */
export function variablesOf(settings: new () => object): readonly Variable[] {
  return (Reflect.getMetadata(VARIABLES, settings) as Variable[] | undefined) ?? [];
}

/** A whole number. The text must be one: "12abc", "1e3" and "0x10" are faults, not 12, 1000 and 16. */
export function IntegerVariable(options: VariableOptions & { min: number; max: number }): PropertyDecorator {
  const { min, max } = options;
  return declare(options, {
    parse: (text) => (/^-?\d+$/.test(text) ? Number(text) : text),
    rule: `must be an integer from ${min} to ${max}`,
    test: (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
  });
}

export function TextVariable(
  options: VariableOptions & { pattern?: RegExp; /** What the pattern asks for. */ shape?: string },
): PropertyDecorator {
  const { pattern, shape = 'text' } = options;
  return declare(options, {
    parse: (text) => text,
    rule: `must be ${shape}`,
    test: (value) => typeof value === 'string' && (pattern?.test(value) ?? true),
  });
}

export function ChoiceVariable(options: VariableOptions & { choices: readonly string[] }): PropertyDecorator {
  const { choices } = options;
  return declare(options, {
    parse: (text) => text,
    rule: `must be one of ${choices.join(', ')}`,
    test: (value) => choices.includes(value as string),
  });
}

/** Addresses `host:port`, separated by commas. */
export function AddressesVariable(options: VariableOptions): PropertyDecorator {
  const address = /^[^\s:,]+:\d{1,5}$/;
  return declare(options, {
    parse: (text) => Object.freeze(text.split(',').map((part) => part.trim())),
    rule: 'must be addresses host:port, separated by commas',
    test: (value) => Array.isArray(value) && value.every((part: string) => address.test(part)),
  });
}

function declare(
  { about, example }: VariableOptions,
  { parse, rule, test }: { parse: Variable['parse']; rule: string; test: (value: unknown) => boolean },
): PropertyDecorator {
  return (prototype, property) => {
    const name = String(property);
    const settings = prototype.constructor as new () => object;
    const variable: Variable = { name, about, example, parse };
    Reflect.defineMetadata(VARIABLES, [...variablesOf(settings), variable], settings);
    ValidateBy({ name, validator: { validate: test, defaultMessage: () => `$property ${rule}` } })(prototype, property);
  };
}
