import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobId, NodeId, TaskId } from '../../src/base/ids.ts';
import type { Time } from '../../src/base/time.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { Observer } from '../../src/simulation/observer.ts';
import { type LawWorld, lawWorlds } from '../support/law-world.ts';
import { runWorkload } from '../support/run-workload.ts';

const RUNS = (process.env['ALLOT_FULL'] === '1' ? 50 : 1) * 60;

/** How far a task stands behind, by the policy's own words: `kept` from before its last start, `ran` since then. */
type Standing = (cluster: Cluster, task: TaskId, kept: Time, ran: Time) => number;

const remaining: Standing = (cluster, task, kept, ran) =>
  Math.max(0, cluster.estimate(cluster.jobOf(task)) - kept) - ran;
const importance: Standing = (cluster, task) => -cluster.priority(cluster.jobOf(task));
const newness: Standing = (cluster, task) => -cluster.submission(cluster.jobOf(task));
/** Of two that have run equally long the one submitted first goes first. */
const attained: Standing = (cluster, task, kept, ran) => kept + ran + cluster.submission(cluster.jobOf(task)) / 1_000;

const policies = ['strict', 'skip'].flatMap((queue) => [
  { allocator: { name: 'srtf', queue }, standing: remaining },
  { allocator: { name: 'srtf', queue, preempt: 'restart', placement: 'best-fit' }, standing: remaining },
  { allocator: { name: 'priority', preempt: 'resume', queue }, standing: importance },
  { allocator: { name: 'lcfs', preempt: 'resume', queue, placement: 'worst-fit' }, standing: newness },
  { allocator: { name: 'las', quantum: '300ms', queue }, standing: attained },
]);

/** A task that has just been preempted. */
interface Victim {
  readonly task: TaskId;
  readonly job: JobId;
  readonly node: NodeId;
  readonly standing: number;
}

/**
 * Looks at each preemption when the task that it made room for starts: whoever went stood behind it, and with any one of
 * them back in its place there is no room.
 */
class VictimsJudge implements Observer {
  seen = 0;
  readonly #cluster: Cluster;
  readonly #standing: Standing;
  #victims: Victim[] = [];
  readonly #kept = new Map<TaskId, Time>();

  constructor(cluster: Cluster, standing: Standing) {
    this.#cluster = cluster;
    this.#standing = standing;
  }

  onTaskPreempted(time: Time, task: TaskId, node: NodeId): void {
    const cluster = this.#cluster;
    const standing = this.#standing(cluster, task, this.#kept.get(task)!, time - cluster.startTime(task));
    this.#victims.push({ task, job: cluster.jobOf(task), node, standing });
  }

  onTaskStarted(_time: Time, task: TaskId, node: NodeId): void {
    const cluster = this.#cluster;
    this.#kept.set(task, cluster.workKept(task));
    const victims = this.#victims;
    this.#victims = [];
    if (victims.length === 0) return;
    this.seen++;
    const mine = this.#standing(cluster, task, cluster.workKept(task), 0);
    for (const { standing } of victims) expect(standing).toBeGreaterThan(mine);
    if (cluster.isGang(cluster.jobOf(task))) return;
    for (const { job, task: victim } of victims) {
      const back = victims.filter((each) => (cluster.isGang(job) ? each.job === job : each.task === victim));
      expect(this.#roomWith(back, task, node)).toBe(false);
    }
  }

  /** Says whether the task would have found room had those victims stayed. */
  #roomWith(back: readonly Victim[], task: TaskId, taken: NodeId): boolean {
    const cluster = this.#cluster;
    for (let node = 0; node < cluster.nodeCount; node++) {
      if (!cluster.classSatisfies(cluster.nodeClass(node), cluster.constraint(task))) continue;
      const fits = cluster.resources.every((_, r) => {
        let free = cluster.free(node, r);
        if (node === taken) free += cluster.demand(task, r);
        for (const victim of back) if (victim.node === node) free -= cluster.demand(victim.task, r);
        return cluster.demand(task, r) <= free;
      });
      if (fits) return true;
    }
    return false;
  }
}

/** Without devices, of which sums do not tell whether there is room. */
const worlds: fc.Arbitrary<LawWorld> = lawWorlds.map((world) => ({
  ...world,
  jobs: world.jobs.map((job) => ({
    ...job,
    tasks: job.tasks.map(({ run, demand }) => ({ run, demand: [demand[0]!, demand[1]!, 0] })),
  })),
}));

describe.each(policies.map((policy) => ({ name: JSON.stringify(policy.allocator), ...policy })))(
  '$name',
  ({ allocator, standing }) => {
    it('preempts only what stands behind the task it makes room for, and nobody who need not go', async () => {
      let seen = 0;
      await fc.assert(
        fc.asyncProperty(worlds, async (world) => {
          const judges: VictimsJudge[] = [];
          await runWorkload({
            ...world,
            allocator,
            observers: (cluster) => {
              judges.push(new VictimsJudge(cluster, standing));
              return judges;
            },
          });
          for (const judge of judges) seen += judge.seen;
        }),
        { numRuns: RUNS },
      );
      expect(seen).toBeGreaterThan(0);
    }, 3_600_000);
  },
);
