import { IntegerVariable, ListVariable, TextVariable } from '../variable.js';

/** Scheme, host and port where it is not the scheme's own; no path. */
const ORIGIN = /^(\*|[a-z][a-z0-9+.-]*:\/\/[^\s/,*]+)$/i;

/** Of the apps with a public face. */
export class HttpSettings {
  @IntegerVariable({ min: 0, max: 65_535, about: 'The public port; 0 takes a free one.' })
  readonly PORT: number = 3000;

  @TextVariable({ about: 'Address of the interface to listen on; 0.0.0.0 means all of them.' })
  readonly HOST: string = '0.0.0.0';

  @ListVariable({
    pattern: ORIGIN,
    shape: 'origins like https://app.example.com, or *',
    optional: true,
    example: 'https://app.example.com',
    about: 'Origins of web pages that may use this server beside its own, separated by commas; * takes all.',
  })
  readonly ALLOWED_ORIGINS?: readonly string[];
}
