import type { Bench, Contest, Figure, Lab, Round, Sample } from '../harness/contest.ts';
import { syntheticLog } from '../harness/logs.ts';
import { historyFile, searchOf } from './placement.ts';

/** Does a job cost the same in a long log as in a short one, and a search less than in proportion to the nodes? */
export const growth: Bench = {
  name: 'growth',
  contests: (lab) => [jobs(lab, 'fifo'), jobs(lab, 'easy'), nodes(lab, 'first-fit'), nodes(lab, 'best-fit')],
};

function jobs(lab: Lab, allocator: string): Contest {
  const sizes = lab.quick ? [1_000, 10_000] : [10_000, 100_000, 1_000_000];
  const longest = sizes.at(-1)!;
  const times = longest / sizes[0]!;
  const run = (jobs: number, repeats: number) => {
    const file = syntheticLog(lab, { jobs, processors: 1_000, load: 0.8 });
    return () => lab.part('growth.ts', [file, 1_000, allocator, repeats]);
  };
  /** CPU seconds of a run that has nothing to do. */
  const idle = (round: Round) => round['no jobs']!.cpu / times;
  const perJob = (round: Round, i: number) => {
    const repeats = longest / sizes[i]!;
    return ((round[names[i]!]!.cpu - idle(round) * repeats) / longest) * 1e6;
  };
  const names = sizes.map((size) => `${size.toLocaleString('en-US')} jobs`);
  return {
    name: 'growth',
    rounds: { most: 3 },
    sides: [
      { name: 'no jobs', run: run(1, times) },
      ...sizes.map((size, i) => ({ name: names[i]!, run: run(size, longest / size) })),
    ],
    figures: [
      { ...information(`${allocator}, a run of one job`, 'CPU ms'), of: (round) => idle(round) * 1_000 },
      ...names.map((name, i) => ({
        ...information(`${allocator}, ${name}`, 'CPU us a job'),
        of: (round: Round) => perJob(round, i),
      })),
      {
        label: `${allocator}, time a job: the dearest over the cheapest length`,
        unit: 'times',
        needs: [],
        better: 'less',
        of: (round) => {
          const all = names.map((_, i) => perJob(round, i));
          return Math.max(...all) / Math.min(...all);
        },
        must: 1.2,
      },
    ],
  };
}

function nodes(lab: Lab, placement: string): Contest {
  const sizes = [100, 1_000, 10_000];
  const searches = lab.quick ? 5_000 : 100_000;
  const names = sizes.map((size) => `${size.toLocaleString('en-US')} nodes`);
  const perSearch = (sample: Sample) => (searchOf(sample) / searches) * 1e6;
  return {
    name: 'growth',
    rounds: { most: 3 },
    sides: sizes.map((size, i) => {
      const file = historyFile(lab, size, searches);
      return {
        name: names[i]!,
        run: async () =>
          unanswered(await lab.part('placement.ts', [file, 'index', placement, searches, searches, 'few'])),
      };
    }),
    figures: [
      ...names.map((name) => ({
        ...information(`${placement}, ${name}`, 'CPU us a search'),
        of: (round: Round) => perSearch(round[name]!),
      })),
      {
        label: `${placement}, time a search: 10,000 nodes over 100`,
        unit: 'times',
        needs: names,
        better: 'less',
        of: (round) => perSearch(round[names.at(-1)!]!) / perSearch(round[names[0]!]!),
        must: 99,
        aim: 10,
      },
    ],
  };
}

/** Sides of unlike size have unlike answers. */
function unanswered({ cpu, parts }: Sample): Sample {
  return { cpu, parts: parts! };
}

function information(label: string, unit: string): Pick<Figure, 'label' | 'unit' | 'needs' | 'better'> {
  return { label, unit, needs: [], better: 'less' };
}
