import { IntegerVariable, TextVariable } from '../variable.js';

/** Of whoever issues or checks tokens. */
export class TokenSettings {
  @IntegerVariable({ min: 1, max: 86_400, about: 'Lifetime of an access token in seconds.' })
  readonly ACCESS_TOKEN_TTL_S: number = 900;

  @IntegerVariable({ min: 1, max: 31_536_000, about: 'Lifetime of a refresh token in seconds.' })
  readonly REFRESH_TOKEN_TTL_S: number = 2_592_000;

  @TextVariable({ about: 'Issuer (iss) of access tokens.' })
  readonly TOKEN_ISSUER: string = 'parley';

  @TextVariable({ about: 'Audience (aud) of access tokens.' })
  readonly TOKEN_AUDIENCE: string = 'parley';
}
