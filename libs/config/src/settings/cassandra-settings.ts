import { isKnownPassword } from '../development-values.js';
import { AddressesVariable, BooleanVariable, IntegerVariable, PemFileVariable, TextVariable } from '../variable.js';
import { faultsOfGroup, faultsOfTls } from './faults.js';

/** Where the message store of a fleet is, and how its keyspace is made. */
export class CassandraSettings {
  @AddressesVariable({
    example: 'localhost:9042',
    about: 'Cassandra, the message store: contact points host:port, separated by commas.',
  })
  readonly CASSANDRA_CONTACT_POINTS: readonly string[];

  @TextVariable({ about: 'The data centre whose nodes are asked.' })
  readonly CASSANDRA_LOCAL_DC: string = 'datacenter1';

  @TextVariable({
    pattern: /^[a-z][a-z0-9_]{0,47}$/,
    shape: 'at most 48 lower-case letters, digits and underscores',
    about: 'The keyspace; it is created where it is absent.',
  })
  readonly CASSANDRA_KEYSPACE: string = 'parley';

  @IntegerVariable({
    min: 1,
    max: 9,
    about: 'Copies of each row in the data centre, used when the keyspace is created; 1 on a single node.',
  })
  readonly CASSANDRA_REPLICATION: number = 3;

  @TextVariable({ optional: true, example: 'parley', about: 'User of the login to Cassandra; without it no login.' })
  readonly CASSANDRA_USERNAME?: string;

  @TextVariable({ optional: true, isDevelopment: isKnownPassword, about: 'Password of the login to Cassandra.' })
  readonly CASSANDRA_PASSWORD?: string;

  @BooleanVariable({ about: 'Whether to speak TLS with the nodes.' })
  readonly CASSANDRA_TLS: boolean = false;

  @PemFileVariable({
    optional: true,
    example: '/etc/parley/cassandra-ca.pem',
    about: "PEM file of the authority behind the nodes' certificates; without it the system's authorities count.",
  })
  readonly CASSANDRA_TLS_CA?: string;

  static faultsIn(settings: CassandraSettings): string[] {
    const { CASSANDRA_TLS, CASSANDRA_TLS_CA, CASSANDRA_USERNAME, CASSANDRA_PASSWORD } = settings;
    return [
      ...faultsOfTls({ CASSANDRA_TLS_CA }, CASSANDRA_TLS, 'CASSANDRA_TLS is true'),
      ...faultsOfGroup({ CASSANDRA_USERNAME, CASSANDRA_PASSWORD }),
    ];
  }
}
