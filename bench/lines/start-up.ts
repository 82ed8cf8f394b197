import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../test/support/run-cli.ts';
import type { Bench, Figure } from '../harness/contest.ts';

/** What the command line costs before it does anything: above Node with an empty script. */
export const startUp: Bench = {
  name: 'start-up',
  contests(lab) {
    const empty = join(lab.folder, 'empty.cjs');
    writeFileSync(empty, '');
    const tiny = join(ROOT, 'scenarios/drf-paper.yaml');
    return [
      {
        name: 'start-up',
        rounds: { least: lab.quick ? 3 : 15 },
        sides: [
          { name: 'node', run: () => lab.node([empty]) },
          { name: 'help', run: () => lab.allot(['--help']) },
          { name: 'run', run: () => lab.allot(['run', tiny]) },
        ],
        figures: [
          above('help', '`allot --help` above bare Node', { must: 100, aim: 40 }),
          above('run', '`allot run` on a tiny scenario above bare Node', { must: 150, aim: 60 }),
        ].flat(),
      },
    ];
  },
};

function above(side: string, label: string, bounds: { must: number; aim: number }): Figure[] {
  return (['cpu', 'wall'] as const).map((kind) => ({
    label,
    unit: kind === 'cpu' ? 'CPU ms' : 'ms by the clock',
    needs: ['node', side],
    better: 'less',
    of: (round) => (round[side]![kind]! - round['node']![kind]!) * 1_000,
    ...(kind === 'cpu' ? bounds : {}),
  }));
}
