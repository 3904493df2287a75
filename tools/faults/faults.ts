import { setTimeout as passed } from 'node:timers/promises';
import type { AppProcess, EngineNode } from '@parley/harness';
import { flushRedis, type Fleet } from './fleet.js';

/** Something that goes wrong, and how it is put right again. */
export interface Fault {
  name: string;
  strike: (fleet: Fleet) => Promise<void> | void;
  /** From the strike to the healing. */
  lastsMs: number;
  /** Resolves when what was struck is ready again. */
  heal: (fleet: Fleet) => Promise<void> | void;
  /**
   * What must hold before the healing: `accepts`, some sends are accepted; `recovers`, sends into every partition are
   * accepted again as soon as after a healing; `reconnects`, the first and people come back with the tokens they have.
   */
  meanwhile?: 'accepts' | 'recovers' | 'reconnects';
  /** An acknowledgement of a client that is answered about then may be lost: the entries come again. */
  losesCursors?: true;
}

/** How long something is away, in milliseconds. */
export interface Durations {
  engineAway: number;
  /** Longer than a router's session and a gateway's lease. */
  paused: number;
  /** From the end of a process to its next start. */
  processAway: number;
}

type Choose = (fleet: Fleet) => AppProcess;

/** Router-workers that come and go so often: a rebalance each time. */
const ROUNDS = 2;
const BETWEEN_ROUNDS_MS = 2_500;

const router: Choose = ({ cluster }) => cluster.routers[0];
const otherRouter: Choose = ({ cluster }) => cluster.routers[1];
const gateway: Choose = ({ cluster }) => cluster.gateways[0];
const otherGateway: Choose = ({ cluster }) => cluster.gateways[1];
const api: Choose = ({ cluster }) => cluster.apis[0];

/** Everything that the processes and one engine of each kind have to survive. */
export function faultsOfOneNode(durations: Durations): Fault[] {
  const { paused, processAway } = durations;
  return [
    killed('router killed', router, processAway),
    suspended('router paused', otherRouter, paused),
    routersInTurn(),
    { ...killed('gateway killed', gateway, processAway), losesCursors: true },
    { ...suspended('gateway paused', otherGateway, paused), losesCursors: true },
    killed('api killed', api, processAway),
    ...faultsOfEngines(durations),
    engineKilled('Kafka', 'kafka', { lastsMs: durations.engineAway }),
  ];
}

/** The same for those who cannot wait long: processes fall together, and a Kafka that is killed comes back at once. */
export function faultsInShort(durations: Durations): Fault[] {
  const { paused, processAway } = durations;
  return [
    together('one of each killed', [
      killed('router', router, processAway),
      { ...killed('gateway', gateway, processAway), losesCursors: true },
      killed('api', api, processAway),
    ]),
    together('router and gateway paused', [
      suspended('router', otherRouter, paused),
      { ...suspended('gateway', otherGateway, paused), losesCursors: true },
    ]),
    routersInTurn(),
    ...faultsOfEngines(durations),
    engineKilled('Kafka', 'kafka', { lastsMs: 0 }),
  ];
}

function faultsOfEngines({ engineAway, processAway }: Durations): Fault[] {
  return [
    { name: 'Redis flushed', strike: flushRedis, lastsMs: processAway, heal: () => undefined, meanwhile: 'accepts' },
    engineStopped('Redis', 'redis', { lastsMs: engineAway, meanwhile: 'accepts' }),
    engineKilled('Redis', 'redis', { lastsMs: 0 }),
    engineStopped('PostgreSQL', 'postgres', { lastsMs: engineAway, meanwhile: 'reconnects' }),
    engineFrozen('Kafka', 'kafka', { lastsMs: engineAway }),
    engineKilled('Cassandra', 'cassandra', { lastsMs: engineAway, losesCursors: true }),
  ];
}

/** One of three: the others go on without it. */
export function faultsOfOneOfThree({ engineAway }: Durations): Fault[] {
  const more = { lastsMs: engineAway, meanwhile: 'recovers' } as const;
  return [1, 2, 3].flatMap((node) => [
    engineKilled(`Kafka ${node} of 3`, 'kafka', more, node),
    engineFrozen(`Kafka ${node} of 3`, 'kafka', more, node),
    engineKilled(`Cassandra ${node} of 3`, 'cassandra', { ...more, losesCursors: true }, node),
    engineFrozen(`Cassandra ${node} of 3`, 'cassandra', { ...more, losesCursors: true }, node),
  ]);
}

function killed(name: string, process: Choose, lastsMs: number): Fault {
  return {
    name,
    strike: async (fleet) => void (await process(fleet).kill('SIGKILL')),
    lastsMs,
    heal: (fleet) => process(fleet).start(),
  };
}

function suspended(name: string, process: Choose, lastsMs: number): Fault {
  return {
    name,
    strike: (fleet) => process(fleet).pause(),
    lastsMs,
    heal: (fleet) => process(fleet).resume(),
  };
}

/** All at once. */
function together(name: string, faults: readonly Fault[]): Fault {
  return {
    name,
    strike: async (fleet) => void (await Promise.all(faults.map(async ({ strike }) => strike(fleet)))),
    lastsMs: Math.max(...faults.map(({ lastsMs }) => lastsMs)),
    heal: async (fleet) => void (await Promise.all(faults.map(async ({ heal }) => heal(fleet)))),
    ...(faults.some(({ losesCursors }) => losesCursors) && { losesCursors: true }),
  };
}

function routersInTurn(): Fault {
  const strike = async ({ cluster: { routers } }: Fleet): Promise<void> => {
    for (let round = 0; round < ROUNDS; round++) {
      const one = routers[round % routers.length];
      await one.restart(round % 2 === 0 ? 'SIGTERM' : 'SIGKILL');
      await passed(BETWEEN_ROUNDS_MS);
    }
  };
  return { name: 'routers in turn', strike, lastsMs: 0, heal: () => undefined };
}

type More = Pick<Fault, 'lastsMs' | 'meanwhile' | 'losesCursors'>;

/** It ends in order. */
function engineStopped(name: string, engine: EngineNode['engine'], more: More): Fault {
  return {
    name: `${name} stopped`,
    strike: ({ engines }) => engines.node(engine).stop(),
    heal: ({ engines }) => engines.node(engine).start(),
    ...more,
  };
}

function engineKilled(name: string, engine: EngineNode['engine'], more: More, node = 1): Fault {
  return {
    name: `${name} killed`,
    strike: ({ engines }) => engines.node(engine, node).kill('SIGKILL'),
    heal: ({ engines }) => engines.node(engine, node).start(),
    ...more,
  };
}

/** Connections to it stay, and nothing answers on them. */
function engineFrozen(name: string, engine: EngineNode['engine'], more: More, node = 1): Fault {
  return {
    name: `${name} frozen`,
    strike: ({ engines }) => engines.node(engine, node).pause(),
    heal: ({ engines }) => engines.node(engine, node).resume(),
    ...more,
  };
}
