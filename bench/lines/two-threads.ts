import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../test/support/run-cli.ts';
import type { Bench, Sample } from '../harness/contest.ts';

/** Twenty runs on two threads against one after the other; by the clock, as threads take no less work. */
export const twoThreads: Bench = {
  name: 'two-threads',
  contests(lab) {
    const scenario = join(ROOT, 'scenarios/mm1.yaml');
    const seeds = lab.quick ? 4 : 20;
    const sweep = (threads: number) => async (): Promise<Sample> => {
      const folder = mkdtempSync(join(lab.folder, 'sweep-'));
      const words = ['sweep', scenario, '--seeds', `1..${seeds}`, '--threads', `${threads}`];
      const { out, ...sample } = await lab.allot([...words, '--out', folder, '--json']);
      rmSync(folder, { recursive: true });
      const { digest } = JSON.parse(out) as { readonly digest: string };
      // The first twelve digits: what both must give, as a number.
      return { ...sample, answer: { digest: Number.parseInt(digest.slice(0, 12), 16) } };
    };
    return [
      {
        name: 'two-threads',
        sides: [
          { name: 'one', run: sweep(1) },
          { name: 'two', run: sweep(2) },
        ],
        figures: [
          {
            label: `${seeds} runs of mm1, two threads against one`,
            unit: 'times as fast by the clock',
            needs: ['one', 'two'],
            better: 'more',
            of: (round) => round['one']!.wall! / round['two']!.wall!,
            must: 1.6,
            aim: 1.75,
          },
        ],
      },
    ];
  },
};
