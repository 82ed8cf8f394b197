import type { Bench, Contest, Figure, Lab, Round } from '../harness/contest.ts';

const CHANGES = 200;

/** Does an allocation run cost what has changed, and not nodes times frameworks? */
export const mesos: Bench = {
  name: 'mesos',
  contests: (lab) => [runs(lab, 'full'), runs(lab, 'refused')],
};

function runs(lab: Lab, rest: 'full' | 'refused'): Contest {
  const sizes = lab.quick
    ? ([
        [2_000, 2],
        [4_000, 4],
      ] as const)
    : ([
        [5_000, 20],
        [50_000, 200],
      ] as const);
  // Everybody must first have refused every node, which takes nodes times frameworks once.
  const scale = rest === 'refused' ? 5 : 1;
  const batches = lab.quick ? 20 : 200;
  const names = sizes.map(([nodes, frameworks]) => `${nodes / scale} nodes, ${frameworks} frameworks`);
  const perBatch = (round: Round, i: number) => (round[names[i]!]!.cpu / batches) * 1_000;
  const figures: Figure[] = names.map((name, i) => ({
    label: `${rest}, ${name}`,
    unit: `CPU ms a run with ${CHANGES} changes`,
    needs: [name],
    better: 'less',
    of: (round) => perBatch(round, i),
  }));
  return {
    name: 'mesos',
    rounds: { most: 3 },
    sides: sizes.map(([nodes, frameworks], i) => ({
      name: names[i]!,
      run: () => lab.part('mesos.ts', [nodes / scale, frameworks, CHANGES, batches, rest]),
    })),
    figures: [
      ...figures,
      {
        label: `${rest}, time a run: ten times the nodes and the frameworks over one`,
        unit: 'times',
        needs: [...names],
        better: 'less',
        of: (round) => perBatch(round, 1) / perBatch(round, 0),
        must: 99,
        aim: 10,
      },
    ],
  };
}
