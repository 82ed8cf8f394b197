import type { Bench } from '../harness/contest.ts';
import { ours, speedOfTwin } from '../harness/figures.ts';

const SIZES = [
  { pending: 1_000, bounds: { must: 0.6, aim: 0.75 } },
  { pending: 100_000, bounds: { must: 0.6, aim: 0.75 } },
  { pending: 1_000_000, bounds: { must: 0.6, aim: 1 } },
];
const SPREADS = [
  { name: 'spread', label: 'few ties' },
  { name: 'ties', label: 'times of 100 us' },
];

/** Pop and push at a constant length against `std::priority_queue` in the same total order. */
export const eventQueue: Bench = {
  name: 'event-queue',
  contests: (lab) =>
    SIZES.flatMap(({ pending, bounds }) =>
      SPREADS.map(({ name, label }) => {
        const words = [pending, lab.quick ? 200_000 : 3_000_000, name];
        return {
          name: 'event-queue',
          sides: [ours(() => lab.part('event-queue.ts', words)), ...lab.twin('event-queue', words, 'part')],
          figures: [speedOfTwin(`${pending.toLocaleString('en-US')} pending, ${label}`, bounds)],
        };
      }),
    ).filter((_, i) => !lab.quick || i % 2 === 0),
};
