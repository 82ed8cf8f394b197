import { grown } from '../base/grow.ts';
import type { JobId, NodeId, TaskId } from '../base/ids.ts';
import type { OptionReader } from '../base/options.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, AllocatorContext, Decisions } from './allocator.ts';
import type { Placement } from './placement/placement.ts';
import type { PreemptionRule } from './preemption.ts';
import { SortedTasks } from './sorted-tasks.ts';
import { UnitQueue } from './unit-queue.ts';
import { UnitRoom } from './unit-room.ts';
import type { WaitingReason } from './waiting-reason.ts';

/**
 * How a preemptive policy orders tasks: the smallest goes first.
 *
 * A task that waits stands still in the order, those that run may all move at one pace, so that neither has to be
 * sorted anew.
 */
export interface PreemptiveOrder {
  /** Where a task stands while it waits. */
  waiting(task: TaskId): number;
  /** Where a task that starts now stands among those that run. */
  started(task: TaskId): number;
  /** Where a running task that stands there is now on the scale of those that wait. */
  running(standing: number): number;
  /** Settles ties among running tasks, the last is preempted first; the order of start where left out. */
  tie?(task: TaskId): number;
  /** True if what runs moves in the order at the pace of the clock, which it does at speed 1 alone. */
  readonly onePace?: boolean;
  /** True if of two that stand alike the one submitted first goes first, even if that means to preempt the other. */
  readonly tiesPreempt?: boolean;
}

/** What a preemptive policy is made with. */
export interface PreemptiveParts {
  readonly name: string;
  readonly view: ClusterView;
  readonly placement: Placement;
  readonly order: PreemptiveOrder;
  /** Null for a policy that only orders. */
  readonly preemption: PreemptionRule | null;
  readonly skip: boolean;
  /** Asks for a pass so long after each in which something waits; null for none. Microseconds. */
  readonly quantum: number | null;
}

/** Where a unit stands. */
const Stand = { nowhere: 0, waiting: 1, running: 2 } as const;

/**
 * Runs the first in an order that may change while tasks run: what stands behind a waiting task is preempted for it.
 *
 * Victims are taken from the end of the order until there is room; those that turn out not to be in the way stay. A
 * gang waits, starts and goes as one, named by its first task.
 */
export class Preemptive implements Allocator {
  readonly name: string;
  readonly preemption: PreemptionRule;
  readonly assumesOneSpeed: boolean;
  readonly #parts: PreemptiveParts;
  readonly #view: ClusterView;
  readonly #room: UnitRoom;
  readonly #waiting = new UnitQueue();
  readonly #running = new SortedTasks();
  /** By unit. */
  #stands = new Uint8Array(0);
  #wake = Number.NEGATIVE_INFINITY;

  constructor(parts: PreemptiveParts) {
    this.name = parts.name;
    this.preemption = parts.preemption ?? { kind: 'resume' };
    this.assumesOneSpeed = parts.order.onePace ?? false;
    this.#parts = parts;
    this.#view = parts.view;
    this.#room = new UnitRoom(parts.view, parts.placement);
  }

  onJobQueued(job: JobId): void {
    const view = this.#view;
    const first = view.firstTask(job);
    const count = view.taskCount(job);
    this.#stands = grown(this.#stands, first + count);
    this.#stands.fill(Stand.nowhere, first, first + count);
    for (let task = first; task < first + (view.isGang(job) ? 1 : count); task++) {
      if (view.isQueued(task)) this.#wait(task, task);
    }
  }

  onTasksReady(_job: JobId, first: TaskId, count: number): void {
    for (let task = first; task < first + count; task++) this.#wait(task, task);
  }

  onTaskStarted(task: TaskId): void {
    const unit = this.#room.unitOf(task);
    if (this.#stands[unit] === Stand.running) return;
    this.#stands[unit] = Stand.running;
    this.#running.add(unit, this.#parts.order.started(task), this.#parts.order.tie?.(task));
  }

  onTaskPreempted(task: TaskId): void {
    const unit = this.#room.unitOf(task);
    if (this.#stands[unit] !== Stand.running) return;
    this.#running.remove(unit);
    this.#wait(unit, task);
  }

  onTaskEnded(task: TaskId, job: JobId): void {
    if (!this.#view.isGang(job)) this.#running.remove(task);
  }

  onJobEnded(job: JobId): void {
    if (this.#view.isGang(job)) this.#running.remove(this.#view.firstTask(job));
  }

  allocate(view: ClusterView, decide: Decisions): void {
    const waiting = this.#waiting;
    const passedOver: { unit: TaskId; key: number; submission: number }[] = [];
    while (waiting.size > 0) {
      if (this.#startFirst(decide)) continue;
      if (!this.#parts.skip) break;
      passedOver.push({ unit: waiting.first(), key: waiting.firstKey(), submission: waiting.firstSubmission() });
      waiting.removeFirst();
    }
    for (const { unit, key, submission } of passedOver) waiting.add(unit, key, submission);
    const { quantum } = this.#parts;
    if (quantum === null || waiting.size === 0 || this.#wake > view.now) return;
    this.#wake = view.now + quantum;
    decide.wakeAt(this.#wake);
  }

  whyWaiting(job: JobId): WaitingReason | null {
    if (this.#parts.skip) return null;
    const head = this.#view.jobOf(this.#waiting.first());
    if (head === job) return null;
    const ahead = this.#waiting.before(this.#room.unitOf(this.#view.firstQueuedTask(job)));
    return { kind: 'behind-head', job: head, order: 'rank', ahead };
  }

  /** Starts the first waiting unit, preempting what stands behind it if it must; false when that is of no help. */
  #startFirst(decide: Decisions): boolean {
    const unit = this.#waiting.first();
    const nodes = this.#room.find(unit);
    if (nodes !== null) {
      this.#waiting.removeFirst();
      this.#room.launch(unit, nodes, decide);
      return true;
    }
    const victims = this.#parts.preemption === null ? null : this.#victims(unit);
    if (victims === null) return false;
    this.#waiting.removeFirst();
    for (const victim of victims.units) decide.preempt(this.#room.running(victim)[0]!);
    this.#room.launch(unit, victims.nodes, decide);
    return true;
  }

  /** Whom to preempt for the first waiting unit, and where it then goes; null when no preemption makes room. */
  #victims(unit: TaskId): { units: TaskId[]; nodes: readonly NodeId[] } | null {
    const behind: TaskId[] = [];
    try {
      for (let i = this.#running.size - 1; i >= 0; i--) {
        const victim = this.#running.task(i);
        if (!this.#goesBefore(victim, this.#running.key(i))) return null;
        behind.push(victim);
        this.#room.give(victim);
        const nodes = this.#room.find(unit);
        if (nodes !== null) return this.#fewest(unit, behind, nodes);
      }
    } finally {
      this.#view.trial.rollback();
    }
    return null;
  }

  /** Leaves those out that need not go: of two the one that stands before the other. */
  #fewest(
    unit: TaskId,
    behind: readonly TaskId[],
    found: readonly NodeId[],
  ): { units: TaskId[]; nodes: readonly NodeId[] } {
    const view = this.#view;
    const isThere = (victim: TaskId) => this.#room.running(victim).some((task) => found.includes(view.nodeOf(task)));
    let units = behind.filter(isThere);
    for (const victim of [...units].reverse()) {
      const without = units.filter((other) => other !== victim);
      view.trial.rollback();
      for (const other of without) this.#room.give(other);
      if (this.#room.find(unit) !== null) units = without;
    }
    view.trial.rollback();
    for (const victim of units) this.#room.give(victim);
    const room = this.#room.find(unit);
    return room === null ? { units: [...behind], nodes: found } : { units, nodes: room };
  }

  /** True if the first waiting unit goes before a running one that stands there. */
  #goesBefore(other: TaskId, standing: number): boolean {
    const { order } = this.#parts;
    const mine = this.#waiting.firstKey();
    const its = order.running(standing);
    if (mine !== its || order.tiesPreempt !== true) return mine < its;
    return this.#waiting.firstSubmission() < this.#view.submission(this.#view.jobOf(other));
  }

  /** Puts a unit into the queue, where one of its tasks stands. */
  #wait(unit: TaskId, task: TaskId): void {
    const view = this.#view;
    this.#stands[unit] = Stand.waiting;
    this.#waiting.add(unit, this.#parts.order.waiting(task), view.submission(view.jobOf(unit)));
  }
}

/** Makes the policy that runs the first in an order, with the options `queue` and `placement`. */
export function createPreemptive(
  name: string,
  options: OptionReader,
  { view, placement }: AllocatorContext,
  how: Pick<PreemptiveParts, 'order' | 'preemption'> & Partial<Pick<PreemptiveParts, 'quantum'>>,
): Allocator {
  const skip = options.text('queue') === 'skip';
  return new Preemptive({ name, view, placement: placement(options.text('placement')), skip, quantum: null, ...how });
}
