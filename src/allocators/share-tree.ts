import { type FrameworkId, NONE, type RoleId } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import {
  BLOCKED,
  CONTEST,
  MARKS,
  type Measure,
  POSITION,
  type Row,
  SATURATED,
  SHARE,
  ShareRows,
  WEIGHT,
} from './share-rows.ts';
import { Tournament } from './tournament.ts';

/** How the share of a role with roles below it is counted. */
export type Hierarchy = 'hdrf' | 'sorter' | 'flat';

/** Who goes first when shares are equal. */
export type Ties = 'listed' | 'fewest-allocations' | 'name';

/** Two parties and what they have, share / weight. */
export interface LessShare {
  readonly party: string;
  readonly share: number;
  readonly other: string;
  readonly otherShare: number;
}

const ROOT: Row = 0;

/**
 * The tree of roles and frameworks that DRF and its kin descend: at each level the child with the least share / weight.
 *
 * A role with roles below it and frameworks of its own keeps these in a leaf `.` of weight 1 beside its children.
 * Under `hdrf` an inner row counts its children rescaled to the least share among those that are not saturated, so
 * that a child that cannot use more does not hold its siblings back; under `sorter` it counts all that runs below it.
 *
 * An only child stands in for its parent, which counts as much as it does: only rows with several children have sums
 * and a contest of their own. So with many roles of a framework each, a change touches one row and one contest.
 *
 * @see Bhattacharya et al., Hierarchical scheduling for diverse datacenter workloads, SoCC 2013, section 4
 */
export class ShareTree {
  readonly #view: ClusterView;
  readonly #hierarchy: Hierarchy;
  readonly #ties: Ties;
  readonly #rows: ShareRows;
  /** By row: the children by share / weight, where there is more than one; always of the root. */
  readonly #contests: Tournament[] = [];
  readonly #rowOfRole: Row[] = [];
  readonly #rowOfFramework: Row[] = [];
  /** Each role's leaf `.`. */
  readonly #ownFrameworks = new Map<Row, Row>();
  #blocked: FrameworkId[] = [];
  /** By resource: the whole cluster has nothing of it left. */
  readonly #exhausted: boolean[];
  #exhaustedCount = 0;

  /** @param totalOf what shares are counted of: steps of a resource; the whole cluster where left out. */
  constructor(
    view: ClusterView,
    hierarchy: Hierarchy,
    ties: Ties,
    measure: Measure = 'dominant',
    totalOf?: (resource: number) => number,
  ) {
    this.#view = view;
    this.#hierarchy = hierarchy;
    this.#ties = ties;
    this.#rows = new ShareRows(view, measure, totalOf);
    this.#addRow('', 1, NONE);
    this.#contests[ROOT] = this.#openContest(ROOT);
    this.#exhausted = view.resources.map(() => false);
    this.#noticeExhaustion();
    this.#growRoles(view.roleCount);
  }

  /** The framework that is next, or -1 when none can be given a task. */
  next(): FrameworkId {
    const { children, framework, standIn } = this.#rows;
    let row = ROOT;
    do {
      const least = this.#contests[row]!.least();
      if (least === NONE) return NONE;
      row = standIn[children[row]![least]!]!;
    } while (framework[row] === NONE);
    return framework[row]!;
  }

  /** Share / weight of the child of the top that is next; Infinity where there is none. */
  get leastShare(): number {
    return this.#contests[ROOT]!.leastKey;
  }

  /** The same of the child that would be next were that one not there. */
  get runnerUpShare(): number {
    return this.#contests[ROOT]!.runnerUpKey;
  }

  /**
   * Names another party at the top that has tasks queued and less share / weight, the one with least; null where there is
   * none, and where shares are those of several frameworks below and rescaled while they contest.
   */
  whoHasLess(framework: FrameworkId): LessShare | null {
    const { framework: of, standIn, children, amounts, width, name } = this.#rows;
    const shareOf = (row: Row) => amounts[row * width + SHARE]! / amounts[row * width + WEIGHT]!;
    const isPlain = (row: Row) => of[row] !== NONE || this.#hierarchy !== 'hdrf';
    let top: Row = this.#rowOfFramework[framework]!;
    while (this.#rows.parent[top] !== ROOT) top = this.#rows.parent[top]!;
    if (!isPlain(standIn[top]!)) return null;
    const share = shareOf(standIn[top]!);
    let least: LessShare | null = null;
    for (const other of children[ROOT]!) {
      const otherShare = shareOf(standIn[other]!);
      if (other === top || !isPlain(standIn[other]!) || !(otherShare < (least?.otherShare ?? share))) continue;
      if (this.#hasQueued(other)) least = { party: name[top]!, share, other: name[other]!, otherShare };
    }
    return least;
  }

  #hasQueued(row: Row): boolean {
    const framework = this.#rows.framework[row]!;
    if (framework !== NONE) return this.#view.frameworkQueuedTasks(framework) > 0;
    return this.#rows.children[row]!.some((child) => this.#hasQueued(child));
  }

  /** Takes in roles and frameworks that have appeared, in order of appearance. */
  grow(): void {
    for (let framework = this.#rowOfFramework.length; framework < this.#view.frameworkCount; framework++) {
      this.#growRoles(this.#view.roleOf(framework) + 1);
      const role = this.#rowOfRole[this.#view.roleOf(framework)]!;
      const row = this.#addRow(this.#view.frameworkName(framework), 1, framework);
      this.#rowOfFramework.push(row);
      this.#hang(row, this.#ownFrameworks.get(role) ?? (this.#hasRoles(role) ? this.#openOwn(role) : role));
      this.changed(framework);
    }
  }

  /** Has leaves whose next task needs a resource that has run out, or has come back, counted anew. */
  watchExhaustion(): void {
    if (this.#hierarchy !== 'hdrf' || !this.#noticeExhaustion()) return;
    for (let framework = 0; framework < this.#rowOfFramework.length; framework++) this.changed(framework);
  }

  /** Takes in that the cluster has another capacity. */
  countCapacity(): void {
    this.#rows.countCapacity();
    this.#countAnew();
  }

  /** Has shares be what is held at these prices of a step of each resource; of a priced tree alone. */
  setPrices(prices: ArrayLike<number>): void {
    this.#rows.setPrices(prices);
    this.#countAnew();
  }

  #countAnew(): void {
    for (let framework = 0; framework < this.#rowOfFramework.length; framework++) this.changed(framework);
  }

  /** What the framework holds or has queued is another: works out its share and those above. */
  changed(framework: FrameworkId): void {
    const rows = this.#rows;
    const view = this.#view;
    const { marks } = rows;
    const row = this.#rowOfFramework[framework]!;
    rows.hold(row, framework, view);
    const isSaturated =
      marks[row * MARKS + BLOCKED] === 1 ||
      view.frameworkQueuedTasks(framework) === 0 ||
      (this.#exhaustedCount > 0 && this.#lacks(framework));
    marks[row * MARKS + SATURATED] = isSaturated ? 1 : 0;
    this.#enter(row);
    for (let above = marks[row * MARKS + CONTEST]!; above !== ROOT; above = marks[above * MARKS + CONTEST]!) {
      rows.sumUp(above, this.#hierarchy === 'hdrf');
      this.#enter(above);
    }
  }

  /** Counts a task given to the framework, for ties by fewest allocations. */
  allocated(framework: FrameworkId): void {
    if (this.#ties === 'fewest-allocations') {
      const { allocations, parent } = this.#rows;
      for (let row = this.#rowOfFramework[framework]!; row !== NONE; row = parent[row]!) {
        allocations[row] = allocations[row]! + 1;
      }
    }
    this.changed(framework);
  }

  /** Passes the framework over until {@link unblock} or {@link reopen}. */
  block(framework: FrameworkId): void {
    this.#rows.marks[this.#rowOfFramework[framework]! * MARKS + BLOCKED] = 1;
    this.#blocked.push(framework);
    this.changed(framework);
  }

  /** Passes the framework over until {@link reopen}. */
  shut(framework: FrameworkId): void {
    this.#rows.marks[this.#rowOfFramework[framework]! * MARKS + BLOCKED] = 1;
    this.changed(framework);
  }

  /** No longer passes the framework over: what is next of it is another. */
  reopen(framework: FrameworkId): void {
    const at = this.#rowOfFramework[framework]! * MARKS + BLOCKED;
    if (this.#rows.marks[at] === 0) return;
    this.#rows.marks[at] = 0;
    this.changed(framework);
  }

  unblock(): void {
    const blocked = this.#blocked;
    if (blocked.length === 0) return;
    this.#blocked = [];
    for (const framework of blocked) this.#rows.marks[this.#rowOfFramework[framework]! * MARKS + BLOCKED] = 0;
    for (const framework of blocked) this.changed(framework);
  }

  /** Says whether what the cluster has run out of is another than before. */
  #noticeExhaustion(): boolean {
    const exhausted = this.#exhausted;
    let moved = false;
    for (let r = 0; r < exhausted.length; r++) {
      const isExhausted = this.#view.totalFree(r) === 0;
      if (isExhausted === exhausted[r]) continue;
      exhausted[r] = isExhausted;
      this.#exhaustedCount += isExhausted ? 1 : -1;
      moved = true;
    }
    return moved;
  }

  /** Says whether the framework's next task needs a resource of which the whole cluster has nothing left. */
  #lacks(framework: FrameworkId): boolean {
    const task = this.#view.firstQueuedTask(this.#view.firstQueuedJobOf(framework));
    return this.#exhausted.some((exhausted, r) => exhausted && this.#view.demand(task, r) > 0);
  }

  #growRoles(count: number): void {
    for (let role: RoleId = this.#rowOfRole.length; role < count; role++) {
      const parent = this.#view.roleParent(role);
      const row = this.#addRow(this.#view.roleName(role), this.#view.roleWeight(role), NONE);
      this.#rowOfRole.push(row);
      if (parent === NONE || this.#hierarchy === 'flat') this.#hang(row, ROOT);
      else this.#hangRole(row, this.#rowOfRole[parent]!);
    }
  }

  #addRow(name: string, weight: number, framework: FrameworkId): Row {
    const row = this.#rows.add(name, weight, framework);
    this.#contests.push(NO_CONTEST);
    return row;
  }

  #hasRoles(row: Row): boolean {
    const first = this.#rows.children[row]![0];
    return first !== undefined && this.#rows.framework[first] === NONE;
  }

  /** Hangs a role below its parent; frameworks that hung from the parent itself move to its leaf `.`. */
  #hangRole(row: Row, parent: Row): void {
    const { children, framework } = this.#rows;
    const own = children[parent]!.filter((child) => framework[child] !== NONE);
    if (own.length > 0) {
      children[parent] = [];
      const leaf = this.#openOwn(parent);
      for (const child of own) this.#hang(child, leaf);
      for (const child of own) this.changed(framework[child]!);
    }
    this.#hang(row, parent);
  }

  /** Makes the leaf `.` that holds a role's own frameworks beside the roles below it. */
  #openOwn(role: Row): Row {
    const leaf = this.#addRow('.', 1, NONE);
    this.#ownFrameworks.set(role, leaf);
    this.#hang(leaf, role);
    return leaf;
  }

  #hang(row: Row, parent: Row): void {
    const rows = this.#rows;
    const siblings = rows.children[parent]!;
    rows.parent[row] = parent;
    rows.position[row] = siblings.length;
    siblings.push(row);
    const isJoined = siblings.length === 2 && parent !== ROOT;
    if (isJoined) {
      this.#contests[parent] = this.#openContest(parent);
      this.#seat(rows.standIn[siblings[0]!]!);
    }
    this.#seat(rows.standIn[row]!);
    if (!isJoined) return;
    rows.sumUp(parent, this.#hierarchy === 'hdrf');
    this.#seat(parent);
  }

  /** Has a row that no other stands in for stand in for those above that have no other child. */
  #seat(row: Row): void {
    const { parent, standIn, children, marks, amounts, width, position, weight } = this.#rows;
    let top = row;
    standIn[row] = row;
    while (parent[top] !== ROOT && children[parent[top]!]!.length === 1) {
      top = parent[top]!;
      standIn[top] = row;
    }
    marks[row * MARKS + CONTEST] = parent[top]!;
    marks[row * MARKS + POSITION] = position[top]!;
    amounts[row * width + WEIGHT] = weight[top]!;
    this.#enter(row);
  }

  #openContest(row: Row): Tournament {
    if (this.#ties === 'listed') return new Tournament();
    const children = this.#rows.children[row]!;
    return new Tournament((a, b) => this.#goesBefore(children[a], children[b]));
  }

  /** Breaks a tie between siblings. */
  #goesBefore(a: Row | undefined, b: Row | undefined): boolean {
    if (a === undefined || b === undefined) return b === undefined;
    const { allocations, name, position } = this.#rows;
    if (this.#ties === 'fewest-allocations' && allocations[a] !== allocations[b]) {
      return allocations[a]! < allocations[b]!;
    }
    if (this.#ties === 'name' && name[a] !== name[b]) return name[a]! < name[b]!;
    return position[a]! < position[b]!;
  }

  /** Has a row play in its contest by what it now counts. */
  #enter(row: Row): void {
    const { amounts, marks, width } = this.#rows;
    const contest = this.#contests[marks[row * MARKS + CONTEST]!]!;
    const position = marks[row * MARKS + POSITION]!;
    const isSaturated = marks[row * MARKS + SATURATED] === 1;
    const share = amounts[row * width + SHARE]! / amounts[row * width + WEIGHT]!;
    const isSame = !contest.set(position, isSaturated ? Number.POSITIVE_INFINITY : share);
    if (isSame && this.#ties === 'fewest-allocations') contest.replay(position);
  }
}

/** Stands where a row has no contest of its own; nobody enters it. */
const NO_CONTEST = new Tournament();
