import { ScenarioError } from '../base/errors.ts';
import type { JobId, NodeId, TaskId } from '../base/ids.ts';
import type { OptionSpec } from '../base/options.ts';
import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, AllocatorDefinition, Decisions } from './allocator.ts';
import { placementOption } from './common-options.ts';
import type { Placement } from './placement/placement.ts';
import type { PreemptionRule } from './preemption.ts';
import { preemptionRule, preemptOptions } from './preemption-options.ts';
import { UnitRoom } from './unit-room.ts';
import type { WaitingReason } from './waiting-reason.ts';

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
  #isDealing = false;
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
    for (let i = 0; i < units; i++) if (this.#view.isQueued(first + i)) this.#queue.push(first + i);
  }

  onTasksReady(_job: JobId, first: TaskId, count: number): void {
    for (let i = 0; i < count; i++) this.#queue.push(first + i);
  }

  onTaskStarted(task: TaskId): void {
    const unit = this.#room.unitOf(task);
    if (!this.#running.has(unit)) this.#running.set(unit, this.#view.now);
  }

  onTaskPreempted(task: TaskId): void {
    const unit = this.#room.unitOf(task);
    // What its own turn has cost it stands in the queue already; what was lost with its node goes to the end.
    if (this.#running.delete(unit) && !this.#isDealing) this.#queue.push(unit);
  }

  onTaskEnded(task: TaskId, job: JobId): void {
    if (!this.#view.isGang(job)) this.#running.delete(task);
  }

  onJobEnded(job: JobId): void {
    this.#running.delete(this.#view.firstTask(job));
  }

  allocate(_view: ClusterView, decide: Decisions): void {
    if (this.#queue.length === 0) return;
    const over = this.#turnsOver();
    // Who has just lost its place may find another one, on the room that others have left.
    if (this.#deal(over, decide)) this.#deal([], decide);
    if (this.#queue.length > 0) this.#wakeAtNextEnd(decide);
  }

  whyWaiting(job: JobId): WaitingReason {
    const ahead = this.#queue.findIndex((unit) => this.#view.jobOf(unit) === job);
    const next = this.#view.now + this.#toNextEnd();
    return { kind: 'turn', ahead, ...(next < Number.POSITIVE_INFINITY && { at: next }) };
  }

  /** Goes down the queue, behind which those stand whose turn is over, as far as there is room; true if any lost its place. */
  #deal(over: readonly TaskId[], decide: Decisions): boolean {
    const queue = [...this.#queue, ...over];
    const chosen = this.#choose(queue, over);
    this.#queue = queue.slice(chosen.length);
    const lost = over.slice(Math.max(0, chosen.length - (queue.length - over.length)));
    this.#isDealing = true;
    for (const unit of lost) decide.preempt(this.#room.running(unit)[0]!);
    this.#isDealing = false;
    for (const { unit, nodes } of chosen) {
      if (nodes !== null) this.#room.launch(unit, nodes, decide);
      else {
        this.#running.delete(unit);
        this.#running.set(unit, this.#view.now);
      }
    }
    return lost.length > 0;
  }

  /** Tries, for as many as have room: where each goes, null where it goes on. */
  #choose(queue: readonly TaskId[], over: readonly TaskId[]): { unit: TaskId; nodes: readonly NodeId[] | null }[] {
    const chosen: { unit: TaskId; nodes: readonly NodeId[] | null }[] = [];
    const stays = [...over];
    this.#room.search(() => {
      for (const unit of queue) {
        const isOver = chosen.length >= queue.length - over.length;
        const nodes = isOver ? null : this.#makeRoom(unit, stays);
        if (isOver ? !stays.includes(unit) : nodes === null) return;
        if (nodes !== null) this.#room.take(unit, nodes);
        chosen.push({ unit, nodes });
      }
    });
    return chosen;
  }

  /** Finds room for a unit, on trial, where need be on that of those whose turn is over; the last of them goes first. */
  #makeRoom(unit: TaskId, stays: TaskId[]): readonly NodeId[] | null {
    let nodes = this.#room.find(unit);
    while (nodes === null && stays.length > 0) {
      this.#room.give(stays.pop()!);
      nodes = this.#room.find(unit);
    }
    return nodes;
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
    const least = this.#toNextEnd();
    if (least === Number.POSITIVE_INFINITY || this.#wake === now + least) return;
    this.#wake = now + least;
    decide.wakeAt(this.#wake);
  }

  /** How long until the next turn ends; infinity where nothing runs. */
  #toNextEnd(): Time {
    const { now } = this.#view;
    let least = Number.POSITIVE_INFINITY;
    for (const start of this.#running.values())
      least = Math.min(least, this.#quantum - ((now - start) % this.#quantum));
    return least;
  }
}

export const rr: AllocatorDefinition = {
  name: 'rr',
  summary: 'round robin: tasks take turns of one quantum while others wait',
  source: 'Silberschatz, Galvin and Gagne, Operating System Concepts, chapter on CPU scheduling',
  options: {
    quantum: { kind: 'duration', default: '10s', summary: 'how long a turn is' },
    ...preemptOptions,
    // With all work lost at the end of each turn, what needs longer than a turn would never end.
    preempt: { ...preemptOptions['preempt']!, of: ['resume', 'checkpoint'] } as OptionSpec,
    placement: placementOption,
  },
  create: (options, { view, placement }) => {
    const quantum = options.duration('quantum')!;
    const rule = preemptionRule(options)!;
    refuseWithoutProgress(quantum, rule);
    return new RoundRobin(view, placement(options.text('placement')), quantum, rule);
  },
};

/** @throws ScenarioError if a turn is too short for one checkpoint: what needs longer would begin again for ever. */
function refuseWithoutProgress(quantum: Time, rule: PreemptionRule): void {
  if (rule.kind !== 'checkpoint' || rule.interval + rule.cost <= quantum) return;
  const message =
    'a turn of `rr` must be long enough for one checkpoint: `checkpoint-interval` and `checkpoint-cost` together are longer than `quantum`';
  throw new ScenarioError([{ path: 'allocator.quantum', message }]);
}
