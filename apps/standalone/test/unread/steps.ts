import fc from 'fast-check';

/** One thing that happens in the conversation. `share`: which of what there is, from 0 to 1. */
export type Step =
  | { does: 'hear' }
  | { does: 'say'; device: number }
  | { does: 'read'; device: number; share: number }
  | { does: 'change'; how: 'edit' | 'delete' | 'react'; share: number }
  | { does: 'leave or join' }
  | { does: 'go or come'; device: number };

/** The reader's devices; the number behind them stands for REST. */
export const DEVICES = ['phone', 'laptop', 'tablet'];

const device = fc.nat({ max: DEVICES.length });
const share = fc.noBias(fc.nat({ max: 100 })).map((percent) => percent / 100);

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ does: fc.constant('hear' as const) }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('say' as const), device }) },
    { weight: 3, arbitrary: fc.record({ does: fc.constant('read' as const), device, share }) },
    {
      weight: 2,
      arbitrary: fc.record({
        does: fc.constant('change' as const),
        how: fc.constantFrom('edit' as const, 'delete' as const, 'react' as const),
        share,
      }),
    },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('leave or join' as const) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('go or come' as const), device: fc.constant(2) }) },
  ),
  { minLength: 15, maxLength: 30 },
);
