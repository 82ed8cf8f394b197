import type { Bench } from '../harness/contest.ts';
import { ours, speedOfTwin } from '../harness/figures.ts';

/** A task given to the role with the least share and the oldest one taken away, against a native tournament tree. */
export const drf: Bench = {
  name: 'drf',
  contests: (lab) =>
    [100, 10_000, 100_000].flatMap((roles) => {
      const words = [roles, lab.quick ? 100_000 : 1_000_000];
      const twin = lab.twin('drf', words, 'part');
      const label = `${roles.toLocaleString('en-US')} roles`;
      return [
        {
          name: 'drf',
          sides: [ours(() => lab.part('drf.ts', [...words, 'share-tree'])), ...twin],
          figures: [speedOfTwin(label, { must: 0.5, aim: 0.7 })],
        },
        {
          name: 'drf-tournament',
          sides: [ours(() => lab.part('drf.ts', [...words, 'tournament'])), ...twin],
          figures: [speedOfTwin(`${label}, the tree of one level alone`, {})],
        },
      ];
    }),
};
