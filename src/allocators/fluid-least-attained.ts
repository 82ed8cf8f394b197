import type { TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, Decisions } from './allocator.ts';
import { fittingShare, launchQueued, refuseUnlessPool } from './fluid-pool.ts';

/** Less than this between two groups counts as nothing, microseconds: ends and meetings round up to microseconds. */
const MEETING = 1;

/** Tasks that have run equally long. */
interface Group {
  readonly tasks: Set<TaskId>;
  /** How long each of them has run, in microseconds at full speed. */
  attained: Time;
  share: number;
}

/**
 * Gives the pool to the tasks that have run least, in equal shares; what they cannot use goes to those that have run
 * next to least. A group that catches up with the next one joins it.
 *
 * Tasks stand in groups, in order of what they have attained; a pass costs a walk over the groups, and over the tasks
 * whose share changes.
 *
 * @see Nuyens and Wierman, The foreground-background queue: a survey, Performance Evaluation 2008
 */
export class FluidLeastAttained implements Allocator {
  readonly name = 'las';
  readonly isFluid = true;
  readonly #view: ClusterView;
  #groups: Group[] = [];
  readonly #groupOf = new Map<TaskId, Group>();
  #since: Time = 0;
  #wake = Number.NaN;

  constructor(view: ClusterView) {
    refuseUnlessPool('las', view);
    this.#view = view;
  }

  onTaskStarted(task: TaskId): void {
    this.#progress();
    let first = this.#groups[0];
    if (first === undefined || first.attained > 0) {
      first = { tasks: new Set(), attained: 0, share: Number.NaN };
      this.#groups.unshift(first);
    }
    first.tasks.add(task);
    first.share = Number.NaN;
    this.#groupOf.set(task, first);
  }

  onTaskEnded(task: TaskId): void {
    const group = this.#groupOf.get(task)!;
    this.#groupOf.delete(task);
    group.tasks.delete(task);
  }

  allocate(view: ClusterView, decide: Decisions): void {
    launchQueued(view, decide);
    this.#progress();
    this.#groups = this.#groups.filter(({ tasks }) => tasks.size > 0);
    this.#join();
    const left = view.resources.map((_, r) => view.capacity(0, r));
    for (const group of this.#groups) {
      const sums = this.#demandOf(group);
      const share = fittingShare(left, sums);
      for (let r = 0; r < left.length; r++) left[r] = left[r]! - share * sums[r]!;
      if (share === group.share) continue;
      group.share = share;
      for (const task of group.tasks) decide.setRate(task, share);
    }
    this.#wakeAtNextMeeting(decide);
  }

  #progress(): void {
    const elapsed = this.#view.now - this.#since;
    this.#since = this.#view.now;
    if (elapsed > 0) for (const group of this.#groups) group.attained += group.share * elapsed;
  }

  /** Joins groups that have met. */
  #join(): void {
    const joined: Group[] = [];
    for (const group of this.#groups) {
      const before = joined.at(-1);
      if (before === undefined || group.attained - before.attained >= MEETING) {
        joined.push(group);
        continue;
      }
      for (const task of group.tasks) {
        before.tasks.add(task);
        this.#groupOf.set(task, before);
      }
      before.attained = Math.max(before.attained, group.attained);
      before.share = Number.NaN;
    }
    this.#groups = joined;
  }

  #wakeAtNextMeeting(decide: Decisions): void {
    let next = Number.POSITIVE_INFINITY;
    for (let i = 0; i + 1 < this.#groups.length; i++) {
      const [group, ahead] = [this.#groups[i]!, this.#groups[i + 1]!];
      const pace = group.share - ahead.share;
      if (pace > 0) next = Math.min(next, (ahead.attained - group.attained) / pace);
    }
    if (next === Number.POSITIVE_INFINITY) return;
    const time = this.#view.now + Math.max(1, Math.ceil(next));
    if (time !== this.#wake) decide.wakeAt(time);
    this.#wake = time;
  }

  #demandOf({ tasks }: Group): number[] {
    const sums = this.#view.resources.map(() => 0);
    for (const task of tasks) for (let r = 0; r < sums.length; r++) sums[r] = sums[r]! + this.#view.demand(task, r);
    return sums;
  }
}
