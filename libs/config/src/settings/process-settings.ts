import { ChoiceVariable } from '../variable.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['auto', 'json', 'human'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export const NODE_ENVS = ['development', 'test', 'production'] as const;
export type NodeEnv = (typeof NODE_ENVS)[number];

/** Of every app. */
export class ProcessSettings {
  @ChoiceVariable({
    choices: NODE_ENVS,
    about: 'development, test or production; production refuses secrets and passwords that everybody knows.',
  })
  readonly NODE_ENV: NodeEnv = 'development';

  @ChoiceVariable({
    choices: LOG_LEVELS,
    about: 'The least severe lines that are logged: fatal, error, warn, info, debug or trace.',
  })
  readonly LOG_LEVEL: LogLevel = 'info';

  @ChoiceVariable({
    choices: LOG_FORMATS,
    about: 'json, human (short lines for a terminal) or auto: human where standard output is a terminal.',
  })
  readonly LOG_FORMAT: LogFormat = 'auto';
}
