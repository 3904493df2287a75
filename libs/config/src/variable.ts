import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { ValidateBy, type ValidationArguments } from 'class-validator';

/** What is known about an environment variable beside its default, which is the property's initial value. */
export interface VariableOptions {
  /** One line for the people who set it: meaning and unit. */
  about: string;
  /** For a variable without a default: a value that could stand there. */
  example?: string;
  /** Without a default, and the app starts without it all the same. */
  optional?: boolean;
  /** True for a value that is known to everybody, since it stands in this repository: production refuses it. */
  isDevelopment?: (value: string) => boolean;
}

export interface Variable extends VariableOptions {
  name: string;
  /** Turns the text into the value; a text that is none comes back as it is, and the rule refuses it. */
  parse: (text: string) => unknown;
}

const VARIABLES = Symbol('variables');
const ADDRESS = /^[^\s:,]+:\d{1,5}$/;

/** The variables that a settings class declares, in the order of declaration. */
export function variablesOf(settings: new () => object): readonly Variable[] {
  return (Reflect.getMetadata(VARIABLES, settings) as Variable[] | undefined) ?? [];
}

/** A whole number. The text must be one: "12abc", "1e3" and "0x10" are faults, not 12, 1000 and 16. */
export function IntegerVariable(options: VariableOptions & { min: number; max: number }): PropertyDecorator {
  const { min, max } = options;
  return declare(options, {
    parse: (text) => (/^-?\d+$/.test(text) ? Number(text) : text),
    rule: () => `must be an integer from ${min} to ${max}`,
    test: (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
  });
}

/** A share from 0 to 1, as a decimal number. */
export function RatioVariable(options: VariableOptions): PropertyDecorator {
  return declare(options, {
    parse: (text) => (/^[01](\.\d{1,9})?$/.test(text) ? Number(text) : text),
    rule: () => 'must be a number from 0 to 1',
    test: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  });
}

export function TextVariable(
  options: VariableOptions & { pattern?: RegExp; /** What the pattern asks for. */ shape?: string },
): PropertyDecorator {
  const { pattern, shape = 'text' } = options;
  return declare(options, {
    parse: (text) => text,
    rule: () => `must be ${shape}`,
    test: (value) => typeof value === 'string' && (pattern?.test(value) ?? true),
  });
}

export function ChoiceVariable(options: VariableOptions & { choices: readonly string[] }): PropertyDecorator {
  const { choices } = options;
  return declare(options, {
    parse: (text) => text,
    rule: () => `must be one of ${choices.join(', ')}`,
    test: (value) => choices.includes(value as string),
  });
}

/** `true` or `false`, nothing else. */
export function BooleanVariable(options: VariableOptions): PropertyDecorator {
  return declare(options, {
    parse: (text) => (text === 'true' || text === 'false' ? text === 'true' : text),
    rule: () => 'must be true or false',
    test: (value) => typeof value === 'boolean',
  });
}

/** Addresses `host:port`, separated by commas. */
export function AddressesVariable(options: VariableOptions): PropertyDecorator {
  return ListVariable({ ...options, pattern: ADDRESS, shape: 'addresses host:port' });
}

/** One address `host:port`. */
export function AddressVariable(options: VariableOptions): PropertyDecorator {
  return TextVariable({ ...options, pattern: ADDRESS, shape: 'an address host:port' });
}

/** Values of one shape, separated by commas. */
export function ListVariable(options: VariableOptions & { pattern: RegExp; shape: string }): PropertyDecorator {
  const { pattern, shape } = options;
  return declare(options, {
    parse: (text) => Object.freeze(text.split(',').map((part) => part.trim())),
    rule: () => `must be ${shape}, separated by commas`,
    test: (value) => Array.isArray(value) && value.every((part: string) => pattern.test(part)),
  });
}

/** The path of a PEM file (a certificate or a key); the value is what the file holds. */
export function PemFileVariable(options: VariableOptions): PropertyDecorator {
  return declare(options, {
    parse: readPemFile,
    rule: (value) => `must be the path of a PEM file: ${value instanceof NoPemFile ? value.reason : 'it is none'}`,
    test: (value) => typeof value === 'string',
  });
}

class NoPemFile {
  constructor(readonly reason: string) {}
}

function readPemFile(path: string): string | NoPemFile {
  try {
    const text = readFileSync(path, 'utf8');
    return text.includes('-----BEGIN ') ? text : new NoPemFile(`${path} holds none`);
  } catch (error) {
    return new NoPemFile(`${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function declare(
  { about, example, optional, isDevelopment }: VariableOptions,
  value: { parse: Variable['parse']; rule: (value: unknown) => string; test: (value: unknown) => boolean },
): PropertyDecorator {
  return (prototype, property) => {
    const name = String(property);
    const settings = prototype.constructor as new () => object;
    const variable: Variable = { name, about, example, optional, isDevelopment, parse: value.parse };
    Reflect.defineMetadata(VARIABLES, [...variablesOf(settings), variable], settings);
    const validator = {
      validate: (found: unknown) => (optional === true && found === undefined) || value.test(found),
      defaultMessage: (args?: ValidationArguments) => `${name} ${value.rule(args?.value)}`,
    };
    ValidateBy({ name, validator })(prototype, property);
  };
}
