import { ChoiceVariable } from '../variable.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Of every app. */
export class ProcessSettings {
  @ChoiceVariable({
    choices: LOG_LEVELS,
    about: 'The least severe lines that are logged: fatal, error, warn, log, debug or verbose.',
  })
  readonly LOG_LEVEL: LogLevel = 'log';
}
