import type { TaskId } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, AllocatorDefinition, Decisions } from './allocator.ts';
import { launchQueued, refuseUnlessPool } from './fluid-pool.ts';

/**
 * Runs every task at once, at shares in proportion to weights: as large as the pool allows, at most whole.
 *
 * What tasks at full speed leave over goes to the others. A pass costs a walk over all tasks.
 */
class ProcessorSharing implements Allocator {
  readonly name = 'ps';
  readonly isFluid = true;
  readonly #view: ClusterView;
  readonly #weighted: boolean;
  /** Tasks that run, by weight. */
  readonly #classes = new Map<number, Set<TaskId>>();
  #changed = false;

  constructor(view: ClusterView, weighted: boolean) {
    this.#view = view;
    this.#weighted = weighted;
  }

  onTaskStarted(task: TaskId): void {
    const weight = this.#weightOf(task);
    const tasks = this.#classes.get(weight);
    if (tasks === undefined) this.#classes.set(weight, new Set([task]));
    else tasks.add(task);
    this.#changed = true;
  }

  onTaskEnded(task: TaskId): void {
    const weight = this.#weightOf(task);
    const tasks = this.#classes.get(weight)!;
    tasks.delete(task);
    if (tasks.size === 0) this.#classes.delete(weight);
    this.#changed = true;
  }

  allocate(view: ClusterView, decide: Decisions): void {
    launchQueued(view, decide);
    if (!this.#changed) return;
    this.#changed = false;
    const left = view.resources.map((_, r) => view.capacity(0, r));
    // From the heaviest down: once a class does not run whole, no lighter one does.
    const weights = [...this.#classes.keys()].sort((a, b) => b - a);
    const sums = weights.map((weight) => this.#demandOf(this.#classes.get(weight)!));
    for (const [first, weight] of weights.entries()) {
      const level = levelOf(left, weights, sums, first);
      if (weight * level < 1) {
        for (const lighter of weights.slice(first)) this.#rate(lighter, lighter * level, decide);
        return;
      }
      this.#rate(weight, 1, decide);
      for (let r = 0; r < left.length; r++) left[r] = left[r]! - sums[first]![r]!;
    }
  }

  #rate(weight: number, share: number, decide: Decisions): void {
    for (const task of this.#classes.get(weight)!) decide.setRate(task, share);
  }

  #weightOf(task: TaskId): number {
    const view = this.#view;
    return this.#weighted ? view.roleWeight(view.roleOf(view.frameworkOf(view.jobOf(task)))) : 1;
  }

  #demandOf(tasks: ReadonlySet<TaskId>): number[] {
    const sums = this.#view.resources.map(() => 0);
    for (const task of tasks) for (let r = 0; r < sums.length; r++) sums[r] = sums[r]! + this.#view.demand(task, r);
    return sums;
  }
}

/** The share of weight 1 at which the classes from `first` on use up what is left of some resource. */
function levelOf(
  left: readonly number[],
  weights: readonly number[],
  sums: readonly (readonly number[])[],
  first: number,
): number {
  let level = Number.POSITIVE_INFINITY;
  for (let r = 0; r < left.length; r++) {
    let sum = 0;
    for (let i = first; i < weights.length; i++) sum += weights[i]! * sums[i]![r]!;
    if (sum > 0) level = Math.min(level, left[r]! / sum);
  }
  return level;
}

export const ps: AllocatorDefinition = {
  name: 'ps',
  summary: 'processor sharing: all tasks run at once, each at an equal part of its speed, or in proportion to weights',
  source:
    'Kleinrock, Time-shared systems: a theoretical treatment, JACM 1967; weighted: Fayolle, Mitrani, Iasnogorodski, JACM 1980',
  options: {
    weights: {
      kind: 'choice',
      of: ['equal', 'roles'],
      default: 'equal',
      summary: "what shares are in proportion to: every task counts the same, or by its role's weight",
    },
  },
  create: (options, { view }) => {
    refuseUnlessPool('ps', view);
    return new ProcessorSharing(view, options.text('weights') === 'roles');
  },
};
