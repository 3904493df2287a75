import { hostname } from 'node:os';
import { isDevelopmentSecret } from '../development-values.js';
import { AddressVariable, IntegerVariable, PemFileVariable, TextVariable } from '../variable.js';
import { faultsOfGroup } from './faults.js';

/** Of both ends of the link between the processes of a fleet. */
export class LinkSettings {
  @TextVariable({
    pattern: /^\S{32,}$/,
    shape: 'at least 32 characters without spaces',
    isDevelopment: isDevelopmentSecret,
    about:
      'Secret that the processes of a fleet know each other by, the same in all of them: `npm run secrets` makes one.',
  })
  readonly LINK_SECRET: string;

  @PemFileVariable({
    optional: true,
    example: '/etc/parley/link-cert.pem',
    about:
      "PEM file of this process's certificate for the link; with LINK_TLS_KEY and LINK_TLS_CA the link speaks TLS.",
  })
  readonly LINK_TLS_CERT?: string;

  @PemFileVariable({
    optional: true,
    example: '/etc/parley/link-key.pem',
    about: 'PEM file of the private key of LINK_TLS_CERT.',
  })
  readonly LINK_TLS_KEY?: string;

  @PemFileVariable({
    optional: true,
    example: '/etc/parley/link-ca.pem',
    about: 'PEM file of the authority behind the certificates of the other processes.',
  })
  readonly LINK_TLS_CA?: string;

  static faultsIn({ LINK_TLS_CERT, LINK_TLS_KEY, LINK_TLS_CA }: LinkSettings): string[] {
    return faultsOfGroup({ LINK_TLS_CERT, LINK_TLS_KEY, LINK_TLS_CA });
  }
}

/** Of the end that takes frames: pushes and verdicts at a gateway, verdicts at an API process. */
export class LinkServerSettings {
  @TextVariable({ about: 'Address of the interface on which frames of the link are taken; 0.0.0.0 means all of them.' })
  readonly LINK_HOST: string = '0.0.0.0';

  @IntegerVariable({ min: 1, max: 65_535, about: 'The port on which frames of the link are taken.' })
  readonly LINK_PORT: number = 7400;

  @AddressVariable({
    optional: true,
    example: 'gateway-1.internal:7400',
    about: "Where the other processes reach LINK_PORT, as host:port; without it the machine's host name and that port.",
  })
  readonly LINK_ADDRESS?: string;
}

/** The address by which the other processes of the fleet know this one. */
export function linkAddressOf({ LINK_ADDRESS, LINK_PORT }: LinkServerSettings): string {
  return LINK_ADDRESS ?? `${hostname()}:${LINK_PORT}`;
}
