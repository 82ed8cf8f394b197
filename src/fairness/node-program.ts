import { LinearModel } from '../optimization/linear-model.ts';
import { amountOrThrow, checkUsers } from './progressive-filling.ts';

/** Nodes that are alike; what they have is divided as one pool. */
export interface NodeClass {
  /** Of one node, one amount a resource. */
  readonly capacity: readonly number[];
  readonly count: number;
}

/** Who takes part in a division over nodes: its tasks are divisible and all alike. */
export interface NodeUser {
  /** Amounts one task demands, one a resource. */
  readonly demand: readonly number[];
  /** Share that one task counts for; above zero for who demands anything. */
  readonly unit: number;
  /** Above zero. */
  readonly weight: number;
  /** The most tasks it can use; may be Infinity. */
  readonly tasks: number;
  /** Share that it has already; 0 where left out. */
  readonly held?: number;
  /** By class of nodes: whether it may use them; all where left out. */
  readonly mayUse?: readonly boolean[];
}

/**
 * The rows and columns that all divisions over nodes have in common: which share each user has on each class of nodes,
 * within capacities and bounds.
 *
 * Tasks are fractions and a class of nodes is one pool, so no node's edge is seen. Variables are shares rather than tasks,
 * so that all numbers are near 1 whatever the units are.
 */
export class NodeProgram {
  readonly model = new LinearModel('maximize');
  /** By user and class, row-major: the variable that is its share there, -1 where it can have none. */
  readonly #cells: Int32Array;
  readonly #classes: number;
  readonly #nodes: readonly NodeClass[];
  readonly #users: readonly NodeUser[];

  /** @throws RangeError if a number is out of range or a list has another length than it must. */
  constructor(nodes: readonly NodeClass[], users: readonly NodeUser[]) {
    check(nodes, users);
    this.#classes = nodes.length;
    this.#nodes = nodes;
    this.#users = users;
    this.#cells = new Int32Array(users.length * nodes.length).fill(-1);
    users.forEach((user, u) => {
      if (!(user.unit > 0 && user.tasks > 0) || isFree(user)) return;
      const usable = nodes.flatMap((node, j) => (canUse(user, node, j) ? [j] : []));
      const bound = usable.length === 1 ? user.tasks * user.unit : Number.POSITIVE_INFINITY;
      for (const j of usable) this.#cells[u * nodes.length + j] = this.model.addVariable(0, 0, bound);
    });
    this.#addCapacities();
    this.#addBounds();
  }

  /** The variables of a user; their sum is the share that it is given. */
  cellsOf(user: number): number[] {
    const from = user * this.#classes;
    return [...this.#cells.subarray(from, from + this.#classes)].filter((cell) => cell >= 0);
  }

  /** Adds a row with the share that these users are given together. */
  addShareRow(members: readonly number[], lower: number, upper: number): number {
    const row = this.model.addRow(lower, upper);
    for (const u of members) for (const cell of this.cellsOf(u)) this.model.addTerm(row, cell, 1);
    return row;
  }

  /** Gives the tasks of each user on each class, row-major; of who demands nothing, all it can use, on the first that it may. */
  tasks(values: Float64Array | undefined): Float64Array {
    const tasks = new Float64Array(this.#cells.length);
    this.#users.forEach((user, u) => {
      for (let j = 0; j < this.#classes; j++) {
        const cell = this.#cells[u * this.#classes + j]!;
        if (cell >= 0) tasks[u * this.#classes + j] = Math.max(0, values?.[cell] ?? 0) / user.unit;
      }
      const first = isFree(user) ? this.#nodes.findIndex((node, j) => canUse(user, node, j)) : -1;
      if (first >= 0) tasks[u * this.#classes + first] = user.tasks;
    });
    return tasks;
  }

  #addCapacities(): void {
    this.#nodes.forEach(({ capacity, count }, j) => {
      for (const [r, amount] of capacity.entries()) {
        const row = this.model.addRow(Number.NEGATIVE_INFINITY, count * amount);
        this.#users.forEach(({ demand, unit }, u) => {
          const cell = this.#cells[u * this.#classes + j]!;
          if (cell >= 0 && demand[r]! > 0) this.model.addTerm(row, cell, demand[r]! / unit);
        });
      }
    });
  }

  /** Bounds users with several variables; one that has one alone is bounded by its limit. */
  #addBounds(): void {
    this.#users.forEach(({ tasks, unit }, u) => {
      if (tasks < Number.POSITIVE_INFINITY && this.cellsOf(u).length > 1) {
        this.addShareRow([u], Number.NEGATIVE_INFINITY, tasks * unit);
      }
    });
  }
}

/** Says whether the user demands nothing at all. */
function isFree({ demand }: NodeUser): boolean {
  return demand.every((amount) => amount === 0);
}

function canUse({ demand, mayUse }: NodeUser, { capacity, count }: NodeClass, j: number): boolean {
  if (mayUse?.[j] === false || !(count > 0)) return false;
  return demand.every((amount, r) => amount === 0 || capacity[r]! > 0);
}

function check(nodes: readonly NodeClass[], users: readonly NodeUser[]): void {
  for (const [j, { capacity, count }] of nodes.entries()) {
    amountOrThrow(`node class ${j}: count`, count);
    checkUsers(capacity, users);
  }
  for (const [u, { unit, held = 0, mayUse }] of users.entries()) {
    amountOrThrow(`user ${u}: unit`, unit);
    amountOrThrow(`user ${u}: held`, held);
    if (mayUse !== undefined && mayUse.length !== nodes.length) {
      throw new RangeError(
        `user ${u}: mayUse has ${mayUse.length} entries, there are ${nodes.length} classes of nodes`,
      );
    }
  }
}
