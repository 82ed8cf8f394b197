import type { Bench } from '../harness/contest.ts';
import { ours } from '../harness/figures.ts';
import { replay, syntheticLog } from '../harness/logs.ts';

/** The most memory that a long log takes when it is streamed, summary only. */
export const memory: Bench = {
  name: 'memory',
  long: true,
  contests(lab) {
    const jobs = lab.quick ? 100_000 : 10_000_000;
    const file = syntheticLog(lab, { jobs, processors: 1_000, load: 0.8 });
    return [
      {
        name: 'memory',
        rounds: { most: 1 },
        sides: [
          ours(() => replay(lab, file, ['--processors', 1_000, '--past-estimate', 'kill'])),
          ...lab.twin('batch', [file, 1_000, 'fcfs', 'kill'], 'whole'),
        ],
        figures: [
          {
            label: `${jobs.toLocaleString('en-US')} jobs under fifo, peak of resident memory`,
            unit: 'MiB',
            needs: ['ours'],
            better: 'less',
            of: ({ ours }) => ours!.peak!,
            must: 400,
            aim: 150,
          },
          {
            label: 'the same, a job',
            unit: 'CPU us',
            needs: ['ours'],
            better: 'less',
            of: ({ ours }) => (ours!.cpu * 1e6) / jobs,
          },
        ],
      },
    ];
  },
};
