import { type WorkerLease, WorkerLeases } from '../worker-lease.js';

/** Leases as one process sees them: they can be out of its reach, and the names of its calls are kept. */
export class ReachableLeases extends WorkerLeases {
  isDown = false;
  calls: string[] = [];

  constructor(private readonly inner: WorkerLeases) {
    super();
  }

  override acquire(holder: string): Promise<WorkerLease | undefined> {
    return this.call('acquire', () => this.inner.acquire(holder));
  }

  override renew(lease: WorkerLease, lastTimeMs: number): Promise<'renewed' | 'lost'> {
    return this.call('renew', () => this.inner.renew(lease, lastTimeMs));
  }

  override release(lease: WorkerLease, lastTimeMs: number): Promise<void> {
    return this.call('release', () => this.inner.release(lease, lastTimeMs));
  }

  private call<T>(name: string, answer: () => Promise<T>): Promise<T> {
    this.calls.push(name);
    return this.isDown ? Promise.reject(new Error('out of reach')) : answer();
  }
}
