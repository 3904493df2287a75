import { IntegerVariable } from '../variable.js';

/** Of the apps that count by network address. */
export class ProxySettings {
  @IntegerVariable({
    min: 0,
    max: 16,
    about: 'Proxies that a request passes, each adding to X-Forwarded-For; with 0 that header is not believed.',
  })
  readonly TRUST_PROXY: number = 0;
}
