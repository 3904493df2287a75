/**
 * `npm run bench -- smoke [--target standalone|cluster] [--rounds N]`: what one standalone server, or a fleet on the real
 * engines, does on this machine. It prints and asserts nothing: figures belong to a machine. Linux only.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { parseArguments, type Arguments, type TargetName } from './arguments.js';
import { startCluster } from './cluster-target.js';
import type { MeasuredTarget } from './measured-target.js';
import { pin, preferThisProcess } from './pinning.js';
import { smoke } from './smoke.js';
import { startStandalone } from './standalone-target.js';

const APPS: Record<TargetName, readonly string[]> = {
  standalone: ['standalone'],
  cluster: ['gateway', 'router-worker', 'api'],
};
/** A bench that is ended early still takes its engines down. */
const stopping = new AbortController();
const interrupted = once(stopping.signal, 'abort');
const say = (line: string): void => console.log(line);

function build(target: TargetName): void {
  execFileSync(process.execPath, ['tools/start/build-if-stale.mjs', ...APPS[target]], { stdio: 'inherit' });
}

/** After the target's start, which would inherit the generator's core otherwise. */
function describeCores(target: MeasuredTarget): string {
  const core = availableParallelism() - 1;
  const generator = pin(process.pid, core) ? `generator on core ${core}` : 'generator on any core';
  return `${target.cores}, ${generator}${preferThisProcess() ? ' and preferred there' : ''}`;
}

async function run({ target: name, rounds }: Arguments): Promise<void> {
  build(name);
  const target = await (name === 'cluster' ? startCluster(say) : startStandalone());
  try {
    const machine = `${availableParallelism()} x ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
    say(`${machine}, Node ${process.versions.node}: ${describeCores(target)}`);
    await Promise.race([smoke(target, rounds), interrupted]);
  } finally {
    await target.stop();
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
try {
  await run(parseArguments(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
process.exit();
