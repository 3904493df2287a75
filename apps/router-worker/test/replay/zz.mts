import { Logger } from '@nestjs/common';
const { ReplayEngines } = await import('./engines.ts');
const { replaySeed } = await import('./replay-seed.ts');
const { PLANTED_BUGS } = await import('./planted-bugs.ts');
Logger.overrideLogger(false);
for (const bug of PLANTED_BUGS) {
  const e = new ReplayEngines();
  let n = 0;
  await Promise.all(
    Array.from({ length: 100 }, async (_, i) => {
      if ((await replaySeed(e, i + 1, bug)).faults.length) n++;
    }),
  );
  console.log(n, '% of seeds notice:', bug.name);
  await e.close();
}
