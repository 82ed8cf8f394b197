import { SECOND } from '../../base/time.ts';
import type { DrawnGroup, GeneratorDefinition } from './generator.ts';
import { pick } from './pick.ts';
import { quantileLaw } from './quantile-law.ts';
import { renewals } from './renewals.ts';

/*
 * Fitted by `tsx bench/fit-generators.ts <logs> alibaba` to alibaba2017/batch_task.csv.gz (66,815 tasks of 11,622 jobs
 * that terminated) and, for who waits for whom, alibaba2018/batch_task_selected_dags.csv.gz.
 */

/** Stages of a job, `tasks` in the log; Kolmogorov-Smirnov distance 0.044, mean 5.7. */
export const STAGES = quantileLaw([
  1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 11, 12, 15, 19, 29, 41, 67, 102, 102,
]);

/** Seconds between jobs; 0.046, mean 5.2 s. */
export const GAPS = quantileLaw([
  0.01, 0.01, 0.01, 0.01, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 6, 8, 10, 12, 18, 22, 34, 45, 69, 90, 136.1,
]);

/** Stages by how many instances they have; distances of at most 0.045 for instances and 0.046 for seconds. */
export const CLASSES = [
  {
    share: 0.4523,
    instances: quantileLaw([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
    runs: quantileLaw([
      1, 1, 2, 3, 4, 4, 5, 5, 5, 6, 7, 8, 9, 11, 13, 17, 26, 41, 86, 187, 350, 491, 825, 1147, 4411, 5022, 5022,
    ]),
  },
  {
    share: 0.1781,
    instances: quantileLaw([2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 5, 5, 5, 6, 7, 7, 9, 9, 10, 10, 10, 10, 10]),
    runs: quantileLaw([
      1, 3, 6, 10, 13, 14, 16, 17, 20, 22, 26, 30, 35, 43, 55, 70, 93, 122, 163, 253, 450, 574, 1008, 1515, 5876,
      10_160, 25_470,
    ]),
  },
  {
    share: 0.1745,
    instances: quantileLaw([
      11, 11, 11, 13, 14, 15, 19, 21, 24, 27, 29, 33, 35, 37, 43, 48, 53, 61, 67, 77, 89, 95, 99, 99, 100, 100, 100,
    ]),
    runs: quantileLaw([
      1, 2, 5, 8, 12, 16, 23, 32, 41, 50, 61, 74, 88, 106, 126, 149, 181, 228, 294, 390, 625, 912, 1765, 3049, 5882,
      8595, 13_520,
    ]),
  },
  {
    share: 0.1952,
    instances: quantileLaw([
      101, 103, 119, 134, 157, 177, 195, 225, 247, 271, 305, 344, 402, 451, 500, 500, 541, 678, 938, 1111, 2000, 3001,
      7996, 15_840, 29_330, 33_720, 33_720,
    ]),
    runs: quantileLaw([
      2, 6, 15, 29, 47, 66, 84, 106, 134, 164, 194, 228, 268, 313, 361, 423, 510, 633, 835, 1166, 2089, 3021, 5486,
      7093, 13_510, 19_600, 19_600,
    ]),
  },
];

/** Cpus of an instance: 98.6 % ask for a half or a whole one. */
const CPUS = [
  { share: 0.7303, cpus: 0.5 },
  { share: 0.2562, cpus: 1 },
  { share: 0.0135, cpus: 0.6 },
];

/** How many stages one waits for that is not the job's first, and the chance that one of them is the stage before. */
const PARENTS = [0.242, 0.5976, 0.0819, 0.0453, 0.0332].map((share, parents) => ({ share, parents }));
const STAGE_BEFORE = 0.4545;

/**
 * Batch jobs of stages that wait for one another, of one instance or thousands. The log states memory in a unit of its own,
 * so that only cpus are asked for unless `demand` says otherwise.
 */
export const alibabaLike: GeneratorDefinition = {
  name: 'alibaba-like',
  summary: 'batch jobs of dependent stages: the Alibaba traces of 2017 and 2018',
  source: 'Alibaba cluster-trace-v2017 and v2018, batch tasks; fitted here',
  keys: {
    ...{ framework: 'needed', rate: 'optional', hours: 'optional', days: 'optional', offset: 'optional' },
    ...{ tasks: 'optional', demand: 'optional', duration: 'optional', as: 'optional' },
  },
  arrivals: renewals(GAPS),
  jobs(_, context) {
    const stages = context.stream('stages');
    const sizes = context.stream('sizes');
    const runs = context.stream('durations');
    const cpus = context.stream('cpus');
    const edges = context.stream('edges');
    return () => {
      const count = Math.max(1, Math.round(STAGES.draw(stages)));
      return Array.from({ length: count }, (_, stage): DrawnGroup => {
        const of = pick(CLASSES, sizes());
        return {
          tasks: Math.max(1, Math.round(of.instances.draw(sizes))),
          run: of.runs.draw(runs) * SECOND,
          demand: { cpus: pick(CPUS, cpus()).cpus },
          parents: parentsOf(stage, edges),
        };
      });
    };
  },
};

/** Draws which earlier stages one waits for; each once. */
function parentsOf(stage: number, random: () => number): number[] {
  const [wanted, nearest] = [pick(PARENTS, random()).parents, random()];
  if (stage === 0 || wanted === 0) return [];
  // Where one waits for any, the stage before is among them with the chance of the log over that of waiting at all.
  const parents = nearest < STAGE_BEFORE / (1 - PARENTS[0]!.share) ? [stage - 1] : [];
  while (parents.length < Math.min(wanted, stage)) {
    const other = Math.floor(random() * stage);
    if (!parents.includes(other)) parents.push(other);
  }
  return parents.sort((a, b) => a - b);
}
