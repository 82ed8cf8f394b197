import type { Bench, Figure } from '../harness/contest.ts';
import { ours, speedOfTwin } from '../harness/figures.ts';

/** A task given to the role with the least share and the oldest one taken away, against a native share tree and tournament. */
export const drf: Bench = {
  name: 'drf',
  contests: (lab) =>
    [100, 10_000, 100_000].flatMap((roles) => {
      const words = [roles, lab.quick ? 100_000 : 1_000_000];
      const twin = (kind: string) => lab.twin('drf', [...words, kind], 'part');
      const label = `${roles.toLocaleString('en-US')} roles`;
      return [
        {
          name: 'drf',
          sides: [
            ours(() => lab.part('drf.ts', [...words, 'share-tree'])),
            ...twin('share-tree'),
            ...twin('tournament').map((side) => ({ ...side, name: 'one level' })),
          ],
          figures: [speedOfTwin(label, { must: 0.5, aim: 0.7 }), againstOneLevel(label)],
        },
        {
          name: 'drf-tournament',
          sides: [ours(() => lab.part('drf.ts', [...words, 'tournament'])), ...twin('tournament')],
          figures: [speedOfTwin(`${label}, the tree of one level alone`, {})],
        },
      ];
    }),
};

function againstOneLevel(label: string): Figure {
  return {
    label: `${label}, against a tree of one level`,
    unit: 'of its speed',
    needs: ['ours', 'one level'],
    better: 'more',
    of: ({ ours, 'one level': flat }) => flat!.cpu / ours!.cpu,
  };
}
