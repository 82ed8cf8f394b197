import { chainOf, type LiveJob } from './twin-world.ts';

const MICROSECONDS = 1_000_000;
const STEPS_OF_A_CPU = 1000;

/** What a score is computed from; times in seconds. */
interface Facts {
  readonly est: number;
  readonly wait: number;
  readonly submit: number;
  readonly procs: number;
  readonly priority: number;
}

/** The scores of the priority family; the job with the least goes first. */
const SCORES = {
  fifo: () => 0,
  sjf: ({ est }) => est,
  ljf: ({ est }) => -est,
  smallest: ({ procs }) => procs,
  widest: ({ procs }) => -procs,
  priority: ({ priority }) => -priority,
  lxf: ({ wait, est }) => -((wait + est) / est),
  wfp3: ({ wait, est, procs }) => -((wait / est) * (wait / est) * (wait / est) * procs),
  unicep: ({ wait, est, procs }) => (procs === 1 ? Number.NEGATIVE_INFINITY : -(wait / (Math.log2(procs) * est))),
  f1: ({ est, submit, procs }) => Math.log10(est) * procs + 870 * Math.log10(submit),
  f2: ({ est, submit, procs }) => Math.sqrt(est) * procs + 25600 * Math.log10(submit),
  f3: ({ est, submit, procs }) => est * procs + 6860000 * Math.log10(submit),
  f4: ({ est, submit, procs }) => est * Math.sqrt(procs) + 530000 * Math.log10(submit),
} satisfies Record<string, (facts: Facts) => number>;

export type TwinOrder = keyof typeof SCORES;
export const TWIN_ORDERS = Object.keys(SCORES) as TwinOrder[];

/** The user's guess in whole seconds; the longest chain of tasks where there is none. */
export function estimateOf(job: LiveJob): number {
  return job.spec.estimate ?? Math.max(...job.tasks.map(chainOf));
}

/** The queue in the order of a policy at one instant; ties by submission. */
export function inOrder(order: TwinOrder, queue: readonly LiveJob[], now: number): LiveJob[] {
  const score = new Map(queue.map((job) => [job, SCORES[order](factsOf(job, now))]));
  return [...queue].sort((a, b) => {
    const left = score.get(a)!;
    const right = score.get(b)!;
    return left < right ? -1 : left > right ? 1 : a.submission - b.submission;
  });
}

function factsOf(job: LiveJob, now: number): Facts {
  const { submit, priority } = job.spec;
  const cpus = job.tasks.reduce((sum, task) => sum + task.demand[0]!, 0);
  return {
    est: estimateOf(job) || 0.5 / MICROSECONDS,
    wait: now - submit,
    submit: submit <= 0 ? 0.1 : submit,
    procs: cpus / STEPS_OF_A_CPU,
    priority,
  };
}
