import { IntegerVariable, TextVariable } from '../variable.js';

/** Of the apps with a public face. */
export class HttpSettings {
  @IntegerVariable({ min: 0, max: 65_535, about: 'The public port; 0 takes a free one.' })
  readonly PORT: number = 3000;

  @TextVariable({ about: 'Address of the interface to listen on; 0.0.0.0 means all of them.' })
  readonly HOST: string = '0.0.0.0';
}
