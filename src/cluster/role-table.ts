import { grown } from '../base/grow.ts';
import type { FrameworkId, RoleId } from '../base/ids.ts';
import { NONE } from '../base/ids.ts';
import { Interner } from '../base/interner.ts';

/**
 * Roles (what shares are given to, paths such as `eng/ads`) and the frameworks that submit under them.
 *
 * A parent appears with its first child. Order of appearance is the row, and the tie rule of allocators.
 */
export class RoleTable {
  readonly #names = new Interner();
  readonly parent: RoleId[] = [];
  readonly weight: number[] = [];
  /** What running tasks of the role and of all below it hold; stride `resources`. */
  used = new Float64Array(0);
  /** Role of each framework. */
  readonly roleOf: RoleId[] = [];
  readonly frameworkName: string[] = [];
  frameworkUsed = new Float64Array(0);
  /** Queued and running tasks of each framework. */
  readonly frameworkQueued: number[] = [];
  readonly frameworkRunning: number[] = [];
  readonly #resources: number;

  constructor(resources: number) {
    this.#resources = resources;
  }

  get count(): number {
    return this.#names.size;
  }

  name(role: RoleId): string {
    return this.#names.name(role);
  }

  find(path: string): RoleId {
    return this.#names.find(path);
  }

  /** Adds the role and the parents that are missing; gives the row that it has already where it is known. */
  add(path: string, weight?: number): RoleId {
    const known = this.#names.find(path);
    if (known !== NONE) {
      if (weight !== undefined) this.weight[known] = weight;
      return known;
    }
    const cut = path.lastIndexOf('/');
    const parent = cut < 0 ? NONE : this.add(path.slice(0, cut));
    const role = this.#names.id(path);
    this.parent[role] = parent;
    this.weight[role] = weight ?? 1;
    this.used = grown(this.used, (role + 1) * this.#resources);
    return role;
  }

  addFramework(name: string, role: RoleId): FrameworkId {
    const framework = this.roleOf.push(role) - 1;
    this.frameworkName[framework] = name;
    this.frameworkQueued[framework] = 0;
    this.frameworkRunning[framework] = 0;
    this.frameworkUsed = grown(this.frameworkUsed, (framework + 1) * this.#resources);
    return framework;
  }
}
