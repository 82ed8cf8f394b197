import { type LiveJob, queuedTasks, type TwinRole, type TwinWorld } from './twin-world.ts';

/** A node of the tree of shares: the root, a role, the leaf `.` of a role's own frameworks, or a framework. */
interface Share {
  readonly weight: number;
  readonly framework: string | null;
  readonly children: Share[];
  alloc: number[];
  share: number;
  saturated: boolean;
}

/** How roles below roles count: rescaled (H-DRF), by all that runs below, or as equals of those above them. */
export type TwinHierarchy = 'hdrf' | 'sorter' | 'flat';

/**
 * The order in which roles, their own leaves and frameworks first appear; it breaks ties.
 *
 * A role is `eng/ads`, the leaf of its own frameworks `eng/ads/.`, a framework `eng/ads/./name`.
 */
export class Appearances {
  readonly #names: string[] = [];
  readonly #weights: ReadonlyMap<string, number>;
  readonly #roleOf: Readonly<Record<string, string>>;
  readonly #hierarchy: TwinHierarchy;

  constructor(world: TwinWorld, hierarchy: TwinHierarchy) {
    this.#hierarchy = hierarchy;
    this.#weights = new Map(world.roles.map((role: TwinRole) => [role.path, role.weight]));
    this.#roleOf = world.roleOf;
    for (const role of world.roles) this.#see(role.path);
  }

  /** A job of the framework is submitted. */
  submitted(framework: string): void {
    this.#see(`${this.#roleOf[framework]!}/./${framework}`);
  }

  /** Builds the whole tree afresh: who has what, and who can still be given something. */
  tree(jobs: readonly LiveJob[], totals: readonly number[], isBlocked: (framework: string) => boolean): Share {
    const shareOf = (name: string): Share => {
      if (isFramework(name)) return leafShare(name, jobs, totals, isBlocked);
      const weight = name.endsWith('/.') ? 1 : (this.#weights.get(name) ?? 1);
      return innerShare(weight, this.#childrenOf(name).map(shareOf), totals, this.#hierarchy === 'hdrf');
    };
    return shareOf('');
  }

  /** The children in order of first appearance; a leaf `.` without roles beside it gives way to its frameworks. */
  #childrenOf(name: string): string[] {
    const flat = this.#hierarchy === 'flat';
    if (flat && name === '') return this.#names.filter((other) => !other.includes('/.'));
    const below = this.#names.filter((other) => parentOf(other) === name && !(flat && !other.includes('/.')));
    if (below.some((other) => !other.endsWith('/.'))) return below;
    return below.flatMap((leaf) => this.#names.filter((other) => parentOf(other) === leaf));
  }

  #see(name: string): void {
    const parent = parentOf(name);
    if (parent !== '') this.#see(parent);
    if (!this.#names.includes(name)) this.#names.push(name);
  }
}

/** Follows the child with the least share by weight among those that are not saturated; null where there is none. */
export function neediestFramework(share: Share): string | null {
  if (share.framework !== null) return share.framework;
  const open = share.children.filter((child) => !child.saturated);
  if (open.length === 0) return null;
  const least = Math.min(...open.map((child) => child.share / child.weight));
  return neediestFramework(open.find((child) => child.share / child.weight === least)!);
}

function leafShare(
  name: string,
  jobs: readonly LiveJob[],
  totals: readonly number[],
  isBlocked: (framework: string) => boolean,
): Share {
  const framework = name.slice(name.indexOf('/./') + 3);
  const own = jobs.filter((job) => job.spec.framework === framework && !job.rejected);
  const running = own.flatMap((job) => job.tasks).filter((task) => task.start !== null && task.end === null);
  const alloc = totals.map((_, r) => running.reduce((sum, task) => sum + task.demand[r]!, 0));
  const saturated = own.every((job) => queuedTasks(job).length === 0) || isBlocked(framework);
  return { weight: 1, framework, children: [], alloc, share: dominantShare(alloc, totals), saturated };
}

function innerShare(weight: number, children: Share[], totals: readonly number[], rescale: boolean): Share {
  const growing = rescale ? children.filter((child) => !child.saturated && child.share > 0) : [];
  const least = Math.min(...growing.map((child) => child.share));
  const alloc = totals.map(() => 0);
  for (const child of children) {
    const scale = growing.includes(child) ? least / child.share : 1;
    child.alloc.forEach((amount, r) => {
      alloc[r]! += amount * scale;
    });
  }
  const saturated = children.every((child) => child.saturated);
  return { weight, framework: null, children, alloc, share: dominantShare(alloc, totals), saturated };
}

function dominantShare(alloc: readonly number[], totals: readonly number[]): number {
  return Math.max(0, ...alloc.map((amount, r) => (totals[r]! > 0 ? amount / totals[r]! : 0)));
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

function isFramework(name: string): boolean {
  return name.includes('/./');
}
