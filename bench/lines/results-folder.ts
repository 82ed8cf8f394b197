import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Sample } from '../harness/contest.ts';
import { replay, syntheticLog } from '../harness/logs.ts';

/** What `--out` with jobs.csv, tasks.csv and timeline.csv adds. */
export const resultsFolder: Bench = {
  name: 'out',
  contests(lab) {
    const jobs = lab.quick ? 20_000 : 1_000_000;
    const file = syntheticLog(lab, { jobs, processors: 1_000, load: 0.8 });
    const run = (words: readonly string[]) => replay(lab, file, ['--processors', 1_000, ...words]);
    const written = async (): Promise<Sample> => {
      const out = mkdtempSync(join(lab.folder, 'out-'));
      const sample = await run(['--out', out]);
      const rows = statSync(join(out, 'jobs.csv')).size;
      rmSync(out, { recursive: true });
      return { ...sample, parts: { ...sample.parts, mib: rows / 1_048_576 } };
    };
    return [
      {
        name: 'out',
        sides: [
          { name: 'without', run: () => run([]) },
          { name: 'with', run: written },
        ],
        figures: [
          {
            label: '`--out`, added for a million jobs',
            unit: 'CPU s',
            needs: ['with', 'without'],
            better: 'less',
            of: (round) => ((round['with']!.cpu - round['without']!.cpu) * 1e6) / jobs,
            must: 1.5,
            aim: 0.5,
          },
        ],
      },
    ];
  },
};
