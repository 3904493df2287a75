import { isKnownPassword } from '../development-values.js';
import {
  AddressesVariable,
  BooleanVariable,
  ChoiceVariable,
  IntegerVariable,
  PemFileVariable,
  TextVariable,
} from '../variable.js';
import { faultsOfGroup, faultsOfTls } from './faults.js';

export const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type SaslMechanism = (typeof SASL_MECHANISMS)[number];

/** Where the log of a fleet is, and how its topics are made. */
export class KafkaSettings {
  @AddressesVariable({
    example: 'localhost:9092',
    about: 'Kafka, the message log: brokers host:port, separated by commas.',
  })
  readonly KAFKA_BROKERS: readonly string[];

  @TextVariable({
    pattern: /^[A-Za-z0-9._-]{0,100}$/,
    shape: 'at most 100 letters, digits, dots, dashes and underscores',
    about: 'In front of the names of topics and consumer groups, where several systems share the brokers.',
  })
  readonly KAFKA_PREFIX: string = '';

  @IntegerVariable({
    min: 1,
    max: 10_000,
    about: 'Partitions of the log, fixed when its topic is created; every process refuses to start on another number.',
  })
  readonly KAFKA_TOPIC_PARTITIONS: number = 12;

  @IntegerVariable({
    min: 1,
    max: 9,
    about: 'Copies of each partition, used when a topic is created; 1 on a single broker.',
  })
  readonly KAFKA_REPLICATION: number = 3;

  @BooleanVariable({ about: 'Whether to speak TLS with the brokers.' })
  readonly KAFKA_TLS: boolean = false;

  @PemFileVariable({
    optional: true,
    example: '/etc/parley/kafka-ca.pem',
    about: "PEM file of the authority behind the brokers' certificates; without it the system's authorities count.",
  })
  readonly KAFKA_TLS_CA?: string;

  @ChoiceVariable({
    choices: SASL_MECHANISMS,
    optional: true,
    example: 'scram-sha-512',
    about: `How to log in to the brokers: ${SASL_MECHANISMS.join(', ')}; without it there is no login.`,
  })
  readonly KAFKA_SASL_MECHANISM?: SaslMechanism;

  @TextVariable({ optional: true, example: 'parley', about: 'User of the login to the brokers.' })
  readonly KAFKA_USERNAME?: string;

  @TextVariable({ optional: true, isDevelopment: isKnownPassword, about: 'Password of the login to the brokers.' })
  readonly KAFKA_PASSWORD?: string;

  static faultsIn({ KAFKA_TLS, KAFKA_TLS_CA, ...login }: KafkaSettings): string[] {
    const { KAFKA_SASL_MECHANISM, KAFKA_USERNAME, KAFKA_PASSWORD } = login;
    return [
      ...faultsOfTls({ KAFKA_TLS_CA }, KAFKA_TLS, 'KAFKA_TLS is true'),
      ...faultsOfGroup({ KAFKA_SASL_MECHANISM, KAFKA_USERNAME, KAFKA_PASSWORD }),
    ];
  }
}
