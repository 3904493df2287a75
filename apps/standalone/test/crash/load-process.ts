import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { monotonicMs } from '@parley/harness';
import type { FromLoad, LoadConversation, LoadResult, LoadUser, ToLoad } from './messages.js';

/** The load process from the test's side. It ends with this process. */
export class LoadProcess {
  accepted = 0;
  private readonly child: ChildProcess = fork(fileURLToPath(new URL('load.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { TSX_TSCONFIG_PATH: resolve('tsconfig.spec.json') },
    serialization: 'advanced',
  });

  constructor() {
    this.child.on('message', (message: FromLoad) => {
      if (message.type === 'progress') this.accepted = message.accepted;
    });
  }

  async connect(url: string, users: LoadUser[]): Promise<void> {
    this.tell({ type: 'connect', url, users });
    await this.hear('connected');
  }

  start(conversations: LoadConversation[], sendsPerSecond: number): void {
    this.tell({ type: 'start', conversations, sendsPerSecond });
  }

  /** To be told right before the server is killed. */
  kill(): void {
    this.tell({ type: 'kill', at: monotonicMs() });
  }

  /** Resolves when every send has its verdict and every device has everything. */
  async finish(): Promise<LoadResult> {
    this.tell({ type: 'finish' });
    return (await this.hear('finished')).result;
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }

  private tell(message: ToLoad): void {
    this.child.send(message);
  }

  private hear<T extends FromLoad['type']>(type: T): Promise<FromLoad & { type: T }> {
    return new Promise((resolve, reject) => {
      const listen = (message: FromLoad): void => {
        if (message.type !== type && message.type !== 'failed') return;
        this.child.off('message', listen);
        if (message.type === 'failed') reject(new Error(message.reason));
        else resolve(message as FromLoad & { type: T });
      };
      this.child.on('message', listen);
      this.child.once('exit', () => reject(new Error('The load process ended')));
    });
  }
}
