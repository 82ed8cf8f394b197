import { type JobId, NONE, type NodeId, type TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, AllocatorDefinition, Decisions } from './allocator.ts';
import { placementOption } from './common-options.ts';
import type { Placement } from './placement/placement.ts';
import type { PreemptionRule } from './preemption.ts';
import { preemptionRule, preemptOptions } from './preemption-options.ts';
import { UnitRoom } from './unit-room.ts';

/**
 * Round robin: who has run for a quantum while others wait goes to the end of the queue.
 *
 * Of one instant arrivals enter the queue before those whose turn is over; of these the one whose turn began first
 * comes first. A turn that ends while nobody waits is followed by another one of the same task. The head of the queue
 * that does not fit is waited for. A gang takes its turns as one.
 */
class RoundRobin implements Allocator {
  readonly name = 'rr';
  readonly preemption: PreemptionRule;
  readonly #view: ClusterView;
  readonly #room: UnitRoom;
  readonly #quantum: Time;
  #queue: TaskId[] = [];
  /** Running units, in order of start, with the start of their first turn. */
  readonly #running = new Map<TaskId, Time>();
  #wake: Time = Number.NEGATIVE_INFINITY;

  constructor(view: ClusterView, placement: Placement, quantum: Time, preemption: PreemptionRule) {
    this.#view = view;
    this.#room = new UnitRoom(view, placement);
    this.#quantum = quantum;
    this.preemption = preemption;
  }

  onJobQueued(job: JobId): void {
    const first = this.#view.firstTask(job);
    const units = this.#view.isGang(job) ? 1 : this.#view.taskCount(job);
    for (let i = 0; i < units; i++) this.#queue.push(first + i);
  }

  onTaskStarted(task: TaskId): void {
    const unit = this.#room.unitOf(task);
    if (!this.#running.has(unit)) this.#running.set(unit, this.#view.now);
  }

  onTaskPreempted(task: TaskId): void {
    this.#running.delete(this.#room.unitOf(task));
  }

  onTaskEnded(task: TaskId, job: JobId): void {
    if (!this.#view.isGang(job)) this.#running.delete(task);
  }

  onJobEnded(job: JobId): void {
    this.#running.delete(this.#view.firstTask(job));
  }

  allocate(view: ClusterView, decide: Decisions): void {
    if (this.#queue.length === 0) return;
    const over = this.#turnsOver();
    const queue = [...this.#queue, ...over];
    const { goOn, starts, taken } = this.#dealOut(queue, new Set(over));
    this.#queue = queue.slice(taken);
    for (const unit of over) {
      if (goOn.has(unit)) {
        this.#running.delete(unit);
        this.#running.set(unit, view.now);
      } else decide.preempt(this.#room.running(unit)[0]!);
    }
    for (const { unit, nodes } of starts) this.#room.launch(unit, nodes, decide);
    if (this.#queue.length > 0) this.#wakeAtNextEnd(decide);
  }

  /** Goes down the queue as far as there is room, on trial: who goes on where it is, and who starts where. */
  #dealOut(queue: readonly TaskId[], over: ReadonlySet<TaskId>) {
    const view = this.#view;
    const goOn = new Set<TaskId>();
    const starts: { unit: TaskId; nodes: readonly NodeId[] }[] = [];
    let taken = 0;
    try {
      for (const unit of over) this.#room.give(unit);
      for (const unit of queue) {
        const nodes = over.has(unit) ? this.#ownNodes(unit) : this.#room.find(unit);
        if (nodes === null) break;
        for (const [i, task] of this.#tasksOf(unit, over).entries()) view.trial.take(task, nodes[i]!);
        if (over.has(unit)) goOn.add(unit);
        else starts.push({ unit, nodes });
        taken++;
      }
    } finally {
      view.trial.rollback();
    }
    return { goOn, starts, taken };
  }

  /** The nodes of a unit whose turn is over, if it still fits there. */
  #ownNodes(unit: TaskId): NodeId[] | null {
    const view = this.#view;
    const { depth } = view.trial;
    const nodes: NodeId[] = [];
    for (const task of this.#room.running(unit)) {
      const node = view.nodeOf(task);
      if (!view.fits(task, node)) {
        view.trial.rollback(depth);
        return null;
      }
      view.trial.take(task, node);
      nodes.push(node);
    }
    view.trial.rollback(depth);
    return nodes;
  }

  #tasksOf(unit: TaskId, over: ReadonlySet<TaskId>): readonly TaskId[] {
    if (over.has(unit)) return this.#room.running(unit);
    const view = this.#view;
    const job = view.jobOf(unit);
    if (!view.isGang(job)) return [unit];
    const tasks: TaskId[] = [];
    for (let task = view.firstQueuedTask(job); task !== NONE; task = view.nextQueuedTask(task)) tasks.push(task);
    return tasks;
  }

  /** Running units whose turn ends now, in the order in which their turns began. */
  #turnsOver(): TaskId[] {
    const { now } = this.#view;
    const over: TaskId[] = [];
    for (const [unit, start] of this.#running) if (now > start && (now - start) % this.#quantum === 0) over.push(unit);
    return over;
  }

  #wakeAtNextEnd(decide: Decisions): void {
    const { now } = this.#view;
    let least = Number.POSITIVE_INFINITY;
    for (const start of this.#running.values())
      least = Math.min(least, this.#quantum - ((now - start) % this.#quantum));
    if (least === Number.POSITIVE_INFINITY || this.#wake === now + least) return;
    this.#wake = now + least;
    decide.wakeAt(this.#wake);
  }
}

export const rr: AllocatorDefinition = {
  name: 'rr',
  summary: 'round robin: tasks take turns of one quantum while others wait',
  source: 'Silberschatz, Galvin and Gagne, Operating System Concepts, chapter on CPU scheduling',
  options: {
    quantum: { kind: 'duration', default: '10s', summary: 'how long a turn is' },
    ...preemptOptions,
    placement: placementOption,
  },
  create: (options, { view, placement }) =>
    new RoundRobin(view, placement(options.text('placement')), options.duration('quantum')!, preemptionRule(options)!),
};
