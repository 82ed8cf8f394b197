import { NONE, type NodeId, type TaskId } from '../../base/ids.ts';
import type { ClusterView } from '../../cluster/view.ts';
import type { Unit, Units } from './units.ts';
import type { WorkerType } from './worker-types.ts';

/** Where a unit runs in a round. */
export interface Seat {
  readonly unit: Unit;
  /** -1 for one across types. */
  readonly type: number;
  readonly nodes: readonly NodeId[];
  /** True if it runs there already and goes on. */
  readonly stays: boolean;
}

/** A unit and a type that it may run on in a round, with what decides who goes first. */
export interface Candidate {
  readonly unit: Unit;
  readonly type: number;
  readonly priority: number;
  readonly deficit: number;
  readonly share: number;
}

/**
 * Seats units for a round.
 *
 * Type by type, those of the highest priority are chosen as far as there is room. Then those chosen that ran on the same
 * type stay where they are, and the others take the first nodes with room, largest first; where that leaves one
 * without a seat, all have the seats they were chosen with.
 *
 * @see Narayanan et al., OSDI 2020, section 5
 */
export function seatRound(
  view: ClusterView,
  units: Units,
  types: readonly WorkerType[],
  candidates: readonly Candidate[],
): readonly Seat[] {
  const { trial } = view;
  const table = new Table(view, units, types);
  try {
    for (const unit of units.all()) if (units.isRunning(unit)) for (const task of units.tasksOf(unit)) trial.give(task);
    const { depth } = trial;
    const chosen = new Map<Unit, Seat>();
    for (const { unit, type } of inOrder(candidates)) {
      if (chosen.has(unit)) continue;
      const seat = table.keep(unit, type) ?? table.find(unit, type);
      if (seat !== null) chosen.set(unit, seat);
    }
    trial.rollback(depth);
    return reseat(table, [...chosen.values()]) ?? [...chosen.values()];
  } finally {
    trial.rollback();
  }
}

/** By type; of one type by priority, then by what they got too little, then by their fraction. */
function inOrder(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort(
    (a, b) =>
      a.type - b.type ||
      (a.priority === b.priority ? 0 : b.priority - a.priority) ||
      b.deficit - a.deficit ||
      b.share - a.share,
  );
}

/** Seats again, those first that can stay; null where someone finds no room. */
function reseat(table: Table, chosen: readonly Seat[]): Seat[] | null {
  const kept: Seat[] = [];
  const others: Seat[] = [];
  for (const seat of chosen) {
    const stays = table.keep(seat.unit, seat.type);
    if (stays === null) others.push(seat);
    else kept.push(stays);
  }
  others.sort((a, b) => b.unit.scale - a.unit.scale);
  for (const { unit, type } of others) {
    const seat = table.find(unit, type);
    if (seat === null) return null;
    kept.push(seat);
  }
  return kept;
}

/** Finds seats on trial. */
class Table {
  readonly #view: ClusterView;
  readonly #units: Units;
  readonly #types: readonly WorkerType[];
  readonly #all: readonly NodeId[];

  constructor(view: ClusterView, units: Units, types: readonly WorkerType[]) {
    this.#view = view;
    this.#units = units;
    this.#types = types;
    this.#all = Array.from({ length: view.nodeCount }, (_, node) => node);
  }

  /** Leaves a unit that runs on the type where it is, if nobody has taken its room. */
  keep(unit: Unit, type: number): Seat | null {
    if (unit.type !== type || !this.#units.isRunning(unit)) return null;
    const tasks = this.#units.tasksOf(unit);
    const nodes = tasks.map((task) => this.#view.nodeOf(task));
    return this.#take(tasks, (_, i) => nodes[i]!) === null ? null : { unit, type, nodes, stays: true };
  }

  /** The first nodes of the type with room for all of the unit. */
  find(unit: Unit, type: number): Seat | null {
    const view = this.#view;
    const among = type === NONE ? this.#all : this.#types[type]!.nodes;
    const tasks = this.#units.tasksOf(unit);
    const nodes = this.#take(tasks, (task) => among.find((node) => view.fits(task, node)) ?? NONE);
    return nodes === null ? null : { unit, type, nodes, stays: false };
  }

  /** Takes a node for each task on trial; null, and nothing taken, where one has none. */
  #take(tasks: readonly TaskId[], nodeFor: (task: TaskId, i: number) => NodeId): NodeId[] | null {
    const { trial } = this.#view;
    const { depth } = trial;
    const nodes: NodeId[] = [];
    for (const [i, task] of tasks.entries()) {
      const node = nodeFor(task, i);
      if (node === NONE || !this.#view.fits(task, node)) {
        trial.rollback(depth);
        return null;
      }
      trial.take(task, node);
      nodes.push(node);
    }
    return nodes;
  }
}
