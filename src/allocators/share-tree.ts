import { type FrameworkId, NONE } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import { Tournament } from './tournament.ts';

/** How the share of a role with roles below it is counted. */
export type Hierarchy = 'hdrf' | 'sorter' | 'flat';

/** Who goes first when shares are equal. */
export type Ties = 'listed' | 'fewest-allocations' | 'name';

/** A role, the frameworks of a role that has roles below it (`.`), or a framework. */
interface ShareNode {
  parent: ShareNode | null;
  readonly name: string;
  readonly weight: number;
  /** Position among its siblings. */
  position: number;
  readonly children: ShareNode[];
  /** The children by share / weight. */
  readonly contest: Tournament;
  /** -1 but for a framework. */
  readonly framework: FrameworkId;
  /** Whole steps, one a resource; of an inner node under hdrf the rescaled sum of those below. */
  readonly used: Float64Array;
  share: number;
  /** Nothing below can be given a task now. */
  saturated: boolean;
  /** Its next task fits nowhere until something is freed; frameworks only. */
  blocked: boolean;
  allocations: number;
}

/**
 * The tree of roles and frameworks that DRF descends: at each level the child with the least share / weight.
 *
 * A role with roles below it and frameworks of its own keeps these in a leaf `.` of weight 1 beside its children.
 * Under `hdrf` an inner node counts its children rescaled to the least share among those that are not saturated, so
 * that a child that cannot use more does not hold its siblings back; under `sorter` it counts all that runs below it.
 *
 * @see Bhattacharya et al., Hierarchical scheduling for diverse datacenter workloads, SoCC 2013, section 4
 */
export class ShareTree {
  readonly #view: ClusterView;
  readonly #hierarchy: Hierarchy;
  readonly #ties: Ties;
  readonly #root: ShareNode;
  readonly #roles: ShareNode[] = [];
  readonly #ownFrameworks = new Map<ShareNode, ShareNode>();
  readonly #frameworks: ShareNode[] = [];
  #blocked: ShareNode[] = [];
  /** By resource: the whole cluster has nothing of it left. */
  readonly #exhausted: boolean[];

  constructor(view: ClusterView, hierarchy: Hierarchy, ties: Ties) {
    this.#view = view;
    this.#hierarchy = hierarchy;
    this.#ties = ties;
    this.#root = this.#node('', 1, NONE);
    this.#exhausted = view.resources.map((_, r) => view.totalFree(r) === 0);
    this.#growRoles(view.roleCount);
  }

  /** The framework that is next, or -1 when none can be given a task. */
  next(): FrameworkId {
    let node = this.#root;
    while (node.framework === NONE) {
      const least = node.contest.least();
      if (least === NONE) return NONE;
      node = node.children[least]!;
    }
    return node.framework;
  }

  /** Takes in roles and frameworks that have appeared, in order of appearance. */
  grow(): void {
    for (let framework = this.#frameworks.length; framework < this.#view.frameworkCount; framework++) {
      this.#growRoles(this.#view.roleOf(framework) + 1);
      const role = this.#roles[this.#view.roleOf(framework)]!;
      const node = this.#node(this.#view.frameworkName(framework), 1, framework);
      this.#frameworks.push(node);
      hang(node, this.#ownFrameworks.get(role) ?? (role.children[0]?.framework === NONE ? this.#openOwn(role) : role));
      this.changed(framework);
    }
  }

  /** Has leaves whose next task needs a resource that has run out, or has come back, counted anew. */
  watchExhaustion(): void {
    if (this.#hierarchy !== 'hdrf') return;
    let moved = false;
    for (let r = 0; r < this.#exhausted.length; r++) {
      const exhausted = this.#view.totalFree(r) === 0;
      if (exhausted !== this.#exhausted[r]) moved = true;
      this.#exhausted[r] = exhausted;
    }
    if (!moved) return;
    for (const leaf of this.#frameworks) if (leaf.parent !== this.#root) this.changed(leaf.framework);
  }

  /** What the framework holds or has queued is another: works out its share and those above. */
  changed(framework: FrameworkId): void {
    const leaf = this.#frameworks[framework]!;
    const stride = this.#view.resources.length;
    for (let r = 0; r < stride; r++) leaf.used[r] = this.#view.frameworkUsed(framework, r);
    leaf.share = this.#dominant(leaf.used);
    leaf.saturated = leaf.blocked || this.#view.frameworkQueuedTasks(framework) === 0 || this.#lacks(framework);
    this.#enter(leaf);
    for (let node = leaf.parent; node !== null && node !== this.#root; node = node.parent) {
      this.#sumUp(node);
      this.#enter(node);
    }
  }

  /** Counts a task given to the framework, for ties by fewest allocations. */
  allocated(framework: FrameworkId): void {
    for (let node: ShareNode | null = this.#frameworks[framework]!; node !== null; node = node.parent)
      node.allocations++;
    this.changed(framework);
  }

  /** Passes the framework over until {@link unblock}. */
  block(framework: FrameworkId): void {
    const leaf = this.#frameworks[framework]!;
    leaf.blocked = true;
    this.#blocked.push(leaf);
    this.changed(framework);
  }

  unblock(): void {
    const blocked = this.#blocked;
    if (blocked.length === 0) return;
    this.#blocked = [];
    for (const leaf of blocked) leaf.blocked = false;
    for (const leaf of blocked) this.changed(leaf.framework);
  }

  #growRoles(count: number): void {
    for (let role = this.#roles.length; role < count; role++) {
      const parent = this.#view.roleParent(role);
      const node = this.#node(this.#view.roleName(role), this.#view.roleWeight(role), NONE);
      this.#roles.push(node);
      if (parent === NONE || this.#hierarchy === 'flat') hang(node, this.#root);
      else this.#hangRole(node, this.#roles[parent]!);
    }
  }

  /** Says whether the framework's next task needs a resource of which the whole cluster has nothing left. */
  #lacks(framework: FrameworkId): boolean {
    if (!this.#exhausted.includes(true)) return false;
    const task = this.#view.firstQueuedTask(this.#view.firstQueuedJobOf(framework));
    return this.#exhausted.some((exhausted, r) => exhausted && this.#view.demand(task, r) > 0);
  }

  #node(name: string, weight: number, framework: FrameworkId): ShareNode {
    const children: ShareNode[] = [];
    return {
      parent: null,
      name,
      weight,
      position: 0,
      children,
      contest: new Tournament((a, b) => this.#goesBefore(children[a], children[b])),
      framework,
      used: new Float64Array(this.#view.resources.length),
      share: 0,
      saturated: true,
      blocked: false,
      allocations: 0,
    };
  }

  /** Hangs a role below its parent; frameworks that hung from the parent itself move to its leaf `.`. */
  #hangRole(node: ShareNode, parent: ShareNode): void {
    const own = parent.children.filter((child) => child.framework !== NONE);
    if (own.length > 0) {
      parent.children.length = 0;
      for (const child of own) parent.contest.set(child.position, Number.POSITIVE_INFINITY);
      const leaf = this.#openOwn(parent);
      for (const child of own) hang(child, leaf);
      for (const child of own) this.changed(child.framework);
    }
    hang(node, parent);
  }

  /** Makes the leaf `.` that holds a role's own frameworks beside the roles below it. */
  #openOwn(role: ShareNode): ShareNode {
    const leaf = this.#node('.', 1, NONE);
    this.#ownFrameworks.set(role, leaf);
    hang(leaf, role);
    return leaf;
  }

  #goesBefore(a: ShareNode | undefined, b: ShareNode | undefined): boolean {
    if (a === undefined || b === undefined) return b === undefined;
    if (this.#ties === 'fewest-allocations' && a.allocations !== b.allocations) return a.allocations < b.allocations;
    if (this.#ties === 'name' && a.name !== b.name) return a.name < b.name;
    return a.position < b.position;
  }

  #sumUp(node: ShareNode): void {
    node.used.fill(0);
    node.saturated = true;
    let least = Number.POSITIVE_INFINITY;
    for (const child of node.children) {
      if (child.saturated) continue;
      node.saturated = false;
      if (child.share > 0 && child.share < least) least = child.share;
    }
    for (const child of node.children) {
      const rescaled = this.#hierarchy === 'hdrf' && !child.saturated && child.share > 0;
      const factor = rescaled ? least / child.share : 1;
      for (let r = 0; r < node.used.length; r++) node.used[r] = node.used[r]! + child.used[r]! * factor;
    }
    node.share = this.#dominant(node.used);
  }

  #enter(node: ShareNode): void {
    const { contest } = node.parent!;
    const key = node.saturated ? Number.POSITIVE_INFINITY : node.share / node.weight;
    if (contest.key(node.position) !== key) contest.set(node.position, key);
    else if (this.#ties === 'fewest-allocations') contest.replay(node.position);
  }

  #dominant(used: Float64Array): number {
    let share = 0;
    for (let r = 0; r < used.length; r++) {
      const total = this.#view.totalCapacity(r);
      if (total > 0) share = Math.max(share, used[r]! / total);
    }
    return share;
  }
}

function hang(node: ShareNode, parent: ShareNode): void {
  node.parent = parent;
  node.position = parent.children.length;
  parent.children.push(node);
}
