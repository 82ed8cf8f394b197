import type { Hierarchy, Ties } from '../../src/allocators/share-tree.ts';
import { NONE } from '../../src/base/ids.ts';
import type { ShareWorld } from './share-world.ts';

interface PlainRow {
  readonly name: string;
  readonly weight: number;
  readonly framework: number;
  readonly children: PlainRow[];
  readonly used: number[];
  readonly share: number;
  readonly saturated: boolean;
  readonly allocations: number;
}

/** The slow twin of the share tree: built afresh from the world for each question. */
export class PlainShareTree {
  readonly #world: ShareWorld;
  readonly #hierarchy: Hierarchy;
  readonly #ties: Ties;
  readonly blocked = new Set<number>();

  constructor(world: ShareWorld, hierarchy: Hierarchy, ties: Ties) {
    this.#world = world;
    this.#hierarchy = hierarchy;
    this.#ties = ties;
  }

  next(): number {
    let row = this.#inner('', 1, this.#roles(NONE));
    while (row.framework === NONE) {
      const open = row.children.filter((child) => !child.saturated);
      if (open.length === 0) return NONE;
      row = open.reduce((best, child) => (this.#goesBefore(child, best) ? child : best));
    }
    return row.framework;
  }

  #goesBefore(a: PlainRow, b: PlainRow): boolean {
    const difference = a.share / a.weight - b.share / b.weight;
    if (difference !== 0) return difference < 0;
    if (this.#ties === 'fewest-allocations') return a.allocations < b.allocations;
    return this.#ties === 'name' && a.name < b.name;
  }

  #roles(parent: number): PlainRow[] {
    const { roles } = this.#world;
    const flat = this.#hierarchy === 'flat';
    const below = roles.flatMap((role, r) => ((flat ? parent === NONE : role.parent === parent) ? [r] : []));
    return below.map((role) => this.#role(role));
  }

  /** A role; its own frameworks stand in `.` where roles are below it, at the place where the first of both appeared. */
  #role(role: number): PlainRow {
    const { roles, frameworks } = this.#world;
    const own = frameworks.flatMap((framework, f) => (framework.role === role ? [f] : []));
    const leaves = own.map((framework) => this.#leaf(framework));
    const below = this.#hierarchy === 'flat' ? [] : this.#roles(role);
    if (below.length === 0 || own.length === 0) {
      return this.#inner(roles[role]!.name, roles[role]!.weight, [...below, ...leaves]);
    }
    const place = roles.filter((other, r) => other.parent === role && r < frameworks[own[0]!]!.rolesBefore).length;
    below.splice(place, 0, this.#inner('.', 1, leaves));
    return this.#inner(roles[role]!.name, roles[role]!.weight, below);
  }

  #leaf(framework: number): PlainRow {
    const { frameworks, totals, free, demand } = this.#world;
    const { name, used, queued, allocations } = frameworks[framework]!;
    const lacks = demand[framework]!.some((amount, r) => amount > 0 && free[r] === 0);
    const saturated = this.blocked.has(framework) || queued === 0 || (this.#hierarchy === 'hdrf' && lacks);
    const share = dominant(used, totals);
    return { name, weight: 1, framework, children: [], used: [...used], share, saturated, allocations };
  }

  #inner(name: string, weight: number, children: PlainRow[]): PlainRow {
    const { totals } = this.#world;
    const open = children.filter((child) => !child.saturated);
    const least = Math.min(...open.map((child) => child.share).filter((share) => share > 0));
    const used = totals.map(() => 0);
    for (const child of children) {
      const rescaled = this.#hierarchy === 'hdrf' && !child.saturated && child.share > 0;
      const factor = rescaled ? least / child.share : 1;
      for (const [r, amount] of child.used.entries()) used[r]! += amount * factor;
    }
    const saturated = open.length === 0;
    const allocations = children.reduce((sum, child) => sum + child.allocations, 0);
    return {
      name,
      weight,
      framework: NONE,
      children,
      used,
      share: dominant(used, totals),
      saturated,
      allocations,
    };
  }
}

function dominant(used: readonly number[], totals: readonly number[]): number {
  return Math.max(0, ...used.map((amount, r) => (totals[r]! > 0 ? amount / totals[r]! : 0)));
}
