import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hierarchy, ShareTree, type Ties } from '../../src/allocators/share-tree.ts';
import { NONE } from '../../src/base/ids.ts';
import { PlainShareTree } from '../support/plain-share-tree.ts';
import { type ShareWorld, viewOfShares } from '../support/share-world.ts';

const RUNS = (process.env['ALLOT_FULL'] === '1' ? 20 : 1) * 150;

/** A step of a history; `pick` chooses among what there is. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('role'), pick: fc.nat(), amount: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('framework'), pick: fc.nat(), amount: fc.nat({ max: 80 }) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('queue'), pick: fc.nat(), amount: fc.nat({ max: 6 }) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('end'), pick: fc.nat(), amount: fc.constant(1) }) },
  { weight: 8, arbitrary: fc.record({ act: fc.constant('pass'), pick: fc.nat(), amount: fc.nat({ max: 12 }) }) },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Both trees beside one world; a pass gives tasks to whoever is next and blocks those whose next task does not fit. */
class History {
  readonly #world: ShareWorld = { roles: [], frameworks: [], demand: [], totals: [12, 30, 0], free: [12, 30, 0] };
  readonly #tree: ShareTree;
  readonly #plain: PlainShareTree;

  readonly #listed: number;

  /** The roles of the first steps are listed ahead. */
  constructor(hierarchy: Hierarchy, ties: Ties, roles: readonly Step[]) {
    for (const one of roles) this.#addRole(one);
    this.#listed = roles.length;
    this.#tree = new ShareTree(viewOfShares(this.#world), hierarchy, ties);
    this.#plain = new PlainShareTree(this.#world, hierarchy, ties);
  }

  take({ act, pick, amount }: Step): void {
    const { frameworks } = this.#world;
    if (act === 'role') this.#addRole({ act, pick, amount });
    if (act === 'framework') this.#appear(pick, amount);
    if (frameworks.length === 0) return;
    const framework = pick % frameworks.length;
    if (act === 'queue') this.#queue(framework, amount);
    if (act === 'end') this.#end(framework);
    if (act === 'pass') this.#pass(amount);
    this.#expectSame();
  }

  #addRole({ pick, amount }: Step): void {
    const { roles } = this.#world;
    const parent = pick % 3 === 0 || roles.length === 0 ? NONE : pick % roles.length;
    roles.push({ name: `r${(pick * 7) % 10}`, parent, weight: amount });
  }

  #appear(pick: number, amount: number): void {
    const { roles, frameworks, demand } = this.#world;
    if (roles.length === 0) return;
    const name = `f${(pick * 3) % 10}`;
    const role = pick % roles.length;
    const rolesBefore = Math.max(role + 1, frameworks.at(-1)?.rolesBefore ?? this.#listed);
    frameworks.push({ name, role, rolesBefore, used: [0, 0, 0], queued: 2, allocations: 0 });
    demand.push([amount % 4, (amount % 9) + (amount % 4 === 0 ? 1 : 0), 0]);
    this.#tree.grow();
  }

  #queue(framework: number, amount: number): void {
    this.#world.frameworks[framework]!.queued = amount;
    this.#tree.changed(framework);
  }

  #end(framework: number): void {
    if (this.#world.frameworks[framework]!.used.every((amount) => amount === 0)) return;
    this.#count(framework, -1);
    this.#tree.changed(framework);
    this.#tree.unblock();
    this.#plain.blocked.clear();
    this.#tree.watchExhaustion();
  }

  #pass(steps: number): void {
    const { frameworks, demand, free } = this.#world;
    for (let i = 0; i < steps; i++) {
      this.#expectSame();
      const next = this.#tree.next();
      if (next === NONE) return;
      if (demand[next]!.some((amount, r) => amount > free[r]!)) {
        this.#plain.blocked.add(next);
        this.#tree.block(next);
        continue;
      }
      this.#count(next, 1);
      frameworks[next]!.queued--;
      frameworks[next]!.allocations++;
      this.#tree.allocated(next);
      this.#tree.watchExhaustion();
    }
  }

  #count(framework: number, sign: 1 | -1): void {
    for (const [r, amount] of this.#world.demand[framework]!.entries()) {
      this.#world.frameworks[framework]!.used[r]! += sign * amount;
      this.#world.free[r]! -= sign * amount;
    }
  }

  #expectSame(): void {
    this.#tree.grow();
    expect(this.#tree.next()).toBe(this.#plain.next());
  }
}

describe('the share tree', () => {
  for (const hierarchy of ['hdrf', 'sorter', 'flat'] as const) {
    for (const ties of ['listed', 'fewest-allocations', 'name'] as const) {
      it(`names whom a tree built afresh names (${hierarchy}, ties by ${ties})`, () => {
        fc.assert(
          fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
            // A leaf `.` that opens late has counted no tasks yet: with ties by them, roles are there from the start.
            const isAhead = (one: Step) => ties === 'fewest-allocations' && one.act === 'role';
            const history = new History(hierarchy, ties, steps.filter(isAhead));
            for (const one of steps) if (!isAhead(one)) history.take(one);
          }),
          { numRuns: RUNS },
        );
      });
    }
  }
});
