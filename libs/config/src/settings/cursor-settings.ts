import { isDevelopmentSecret } from '../development-values.js';
import { TextVariable } from '../variable.js';

/** Of the cursors that pages of a list are asked with. */
export class CursorSettings {
  @TextVariable({
    pattern: /^\S{32,}$/,
    shape: 'at least 32 characters without spaces',
    isDevelopment: isDevelopmentSecret,
    about: 'Secret that seals page cursors, the same in every API process: `npm run secrets` makes one.',
  })
  readonly CURSOR_SECRET: string;
}
