import { type FrameworkId, NONE, type RoleId } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import { ceei } from '../fairness/ceei.ts';
import type { Hierarchy } from './share-tree.ts';

/** Prices need be no better than whole tasks can show. */
const LIMITS = { gap: 1e-6, iterations: 5000 } as const;

/**
 * The market of the frameworks that have tasks queued: each wants as many as it can get of tasks like its next one, and
 * has the income that the weights of its roles give it.
 *
 * An income of 1 at the top is split among roles by weight, and so on down, among those who take part; a role's own
 * frameworks count together as a role of weight 1 beside the roles below it, and share alike.
 */
export class IncomeMarket {
  readonly #view: ClusterView;
  readonly #hierarchy: Hierarchy;
  /** By framework: what its next task demands, or null where none is queued. */
  readonly #wants: (Float64Array | null)[] = [];
  readonly #capacity: Float64Array;
  #moved = false;

  constructor(view: ClusterView, hierarchy: Hierarchy) {
    this.#view = view;
    this.#hierarchy = hierarchy;
    this.#capacity = new Float64Array(view.resources.length);
  }

  /** Takes in what a framework that has changed wants next. */
  update(framework: FrameworkId): void {
    const view = this.#view;
    while (this.#wants.length <= framework) this.#wants.push(null);
    const known = this.#wants[framework]!;
    if (view.frameworkQueuedTasks(framework) === 0) {
      if (known !== null) this.#moved = true;
      this.#wants[framework] = null;
      return;
    }
    const task = view.firstQueuedTask(view.firstQueuedJobOf(framework));
    const wants = known ?? new Float64Array(view.resources.length);
    if (known === null) this.#moved = true;
    for (let r = 0; r < wants.length; r++) {
      const demand = view.demand(task, r);
      if (wants[r] !== demand) this.#moved = true;
      wants[r] = demand;
    }
    this.#wants[framework] = wants;
  }

  /** Gives the prices of a step of each resource, or null where all that they hang on is as it was. */
  newPrices(): readonly number[] | null {
    const view = this.#view;
    for (let r = 0; r < this.#capacity.length; r++) {
      const total = view.totalCapacity(r);
      if (total !== this.#capacity[r]) this.#moved = true;
      this.#capacity[r] = total;
    }
    if (!this.#moved) return null;
    this.#moved = false;
    const incomes = this.#incomes();
    const capacity = [...this.#capacity];
    const buyers = this.#wants.flatMap((wants, f) =>
      wants === null ? [] : [{ demand: [...wants], weight: incomes[f]! }],
    );
    return buyers.length === 0 ? null : ceei(capacity, buyers, LIMITS).prices;
  }

  #incomes(): number[] {
    const view = this.#view;
    const shoppers: number[] = new Array(view.roleCount).fill(0);
    for (const [framework, wants] of this.#wants.entries()) {
      if (wants !== null) shoppers[view.roleOf(framework)] = shoppers[view.roleOf(framework)]! + 1;
    }
    /** Sums of the weights of those who take part, below each role; the last is the top. */
    const below: number[] = new Array(view.roleCount + 1).fill(0);
    const isBuying: boolean[] = shoppers.map((count) => count > 0);
    // Parents have lower numbers than the roles below them.
    for (let role = view.roleCount - 1; role >= 0; role--) {
      if (!isBuying[role]) continue;
      const parent = this.#parentOf(role);
      below[parent === NONE ? view.roleCount : parent]! += view.roleWeight(role);
      if (parent !== NONE) isBuying[parent] = true;
    }
    const incomes: number[] = [];
    for (let role = 0; role < view.roleCount; role++) {
      const parent = this.#parentOf(role);
      const all = parent === NONE ? below[view.roleCount]! : below[parent]! + (shoppers[parent]! > 0 ? 1 : 0);
      incomes[role] = ((parent === NONE ? 1 : incomes[parent]!) * view.roleWeight(role)) / all;
    }
    return this.#wants.map((_, framework) => {
      const role = view.roleOf(framework);
      return incomes[role]! / (1 + below[role]!) / shoppers[role]!;
    });
  }

  #parentOf(role: RoleId): RoleId {
    return this.#hierarchy === 'flat' ? NONE : this.#view.roleParent(role);
  }
}
