import { join } from 'node:path';
import { ROOT } from '../../test/support/run-cli.ts';
import type { Bench, Contest } from '../harness/contest.ts';
import { ours } from '../harness/figures.ts';

interface RunResult {
  readonly tasks: { readonly submitted: number; readonly started: number };
  readonly metrics: Readonly<Record<string, number>>;
  readonly engine: { readonly peak_memory_mib: number };
}

const ALLOCATORS = ['{name: drf, placement: best-fit}', '{name: fifo, placement: best-fit}'];

/** A month of a cell of 12,500 nodes with three and four resources and 25 million tasks. */
export const cellMonth: Bench = {
  name: 'cell-month',
  long: true,
  contests: (lab) =>
    ALLOCATORS.map((allocator): Contest => {
      const words = ['run', join(ROOT, 'bench/cell-month.yaml'), '--allocator', allocator, '--json'];
      if (lab.quick) words.push('--until', '30m');
      const run = async () => {
        const { out, ...sample } = await lab.allot(words);
        const { tasks, metrics, engine } = JSON.parse(out) as RunResult;
        const parts = { tasks: tasks.started, cpus: metrics['utilization.cpus']!, wait: metrics['wait.mean']! };
        return { ...sample, peak: engine.peak_memory_mib, parts };
      };
      const part = (label: string, unit: string, of: Contest['figures'][number]['of']) => ({
        label: `${allocator.slice(7, -1).replace(', placement:', ' x')}, ${label}`,
        unit,
        needs: ['ours'],
        better: 'more' as const,
        of,
      });
      return {
        name: 'cell-month',
        rounds: { most: 1 },
        sides: [ours(run)],
        figures: [
          { ...part('peak of resident memory', 'MiB', ({ ours }) => ours!.peak!), better: 'less', must: 1_024 },
          part('speed', 'tasks a CPU second', ({ ours }) => ours!.parts!['tasks']! / ours!.cpu),
          part('tasks started', 'tasks', ({ ours }) => ours!.parts!['tasks']!),
          part('mean use of cpus', '%', ({ ours }) => 100 * ours!.parts!['cpus']!),
        ],
      };
    }),
};
