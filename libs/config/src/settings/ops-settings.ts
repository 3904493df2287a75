import { isDevelopmentSecret } from '../development-values.js';
import { IntegerVariable, TextVariable } from '../variable.js';

const LOOPBACK = /^(localhost|127[.]\d+[.]\d+[.]\d+|::1)$/;

/** Of the internal port for the people and machines that run an app: health in detail and metrics. */
export class OpsSettings {
  @IntegerVariable({ min: 0, max: 65_535, about: 'The internal port of health and metrics; 0 takes a free one.' })
  readonly OPS_PORT: number = 9464;

  @TextVariable({ about: 'Address of the interface of the internal port; beyond this machine only with OPS_TOKEN.' })
  readonly OPS_HOST: string = '127.0.0.1';

  @TextVariable({
    pattern: /^\S{32,}$/,
    shape: 'at least 32 characters without spaces',
    optional: true,
    isDevelopment: isDevelopmentSecret,
    about: 'Bearer token that health in detail and metrics ask for: `npm run secrets` makes one.',
  })
  readonly OPS_TOKEN?: string;

  static faultsIn({ OPS_HOST, OPS_TOKEN }: OpsSettings): string[] {
    if (OPS_TOKEN !== undefined || LOOPBACK.test(OPS_HOST)) return [];
    return ['OPS_TOKEN is needed where OPS_HOST lets others than this machine in'];
  }
}
