import { byDensity, type PlanProblem, type TaskKind } from './plan-problem.ts';

/** Where whole tasks are put; what it says fits is what counts, whatever the plan says. */
export interface Room {
  /** Puts the next task of the kind on a node of that kind; false if it fits on none. */
  place(task: number, node: number): boolean;
  /** Puts the next task, or gang, of the kind wherever it fits; gives how many tasks that were, 0 for no room. */
  placeAnywhere(task: number): number;
  /** Tasks of the kind that still wait. */
  left(task: number): number;
  /** How many tasks the next step takes: 1, or a gang. */
  next(task: number): number;
}

/** A fraction this near to the next whole number is that number: simplex answers are exact to 1e-9 or so. */
const SNAP = 1e-6;

/**
 * Turns a plan in fractions into whole tasks: gangs that the plan has room for, then each cell rounded down; `repair`
 * then gives a task to fractional cells, the largest remainder first (ties: weight, kind of task, kind of node), and
 * what is left of the nodes to whatever fits, in order of worth for the dominant share it takes.
 *
 * Nothing is put where it does not fit, and what rounding down gives stays: the result is feasible and never below it.
 */
export function roundPlan(problem: PlanProblem, cells: Float64Array, room: Room, repairs: boolean): void {
  startGangs(problem, cells, room);
  const fractional = placeFloors(problem, cells, room);
  if (!repairs) return;
  const columns = problem.nodes.length;
  for (const { at } of fractional) {
    const task = Math.floor(at / columns);
    if (room.left(task) > 0) room.place(task, at % columns);
  }
  topUp(problem.tasks, room);
}

/** Gives what is left of the nodes to whatever fits, in order of worth for the dominant share it takes. */
export function topUp(tasks: readonly TaskKind[], room: Room): void {
  for (const task of byDensity(tasks)) {
    while (room.left(task) > 0 && room.placeAnywhere(task) > 0);
  }
}

function startGangs({ tasks, nodes }: PlanProblem, cells: Float64Array, room: Room): void {
  for (let i = 0; i < tasks.length; i++) {
    if (!tasks[i]!.isGang) continue;
    let planned = SNAP;
    for (let j = 0; j < nodes.length; j++) planned += cells[i * nodes.length + j]!;
    while (room.left(i) > 0 && room.next(i) <= planned) {
      const placed = room.placeAnywhere(i);
      if (placed === 0) break;
      planned -= placed;
    }
  }
}

interface Fraction {
  readonly at: number;
  readonly remainder: number;
}

/** Puts whole tasks where the plan has them, and gives the cells with a remainder, in the order of their claim. */
function placeFloors({ tasks, nodes }: PlanProblem, cells: Float64Array, room: Room): Fraction[] {
  const fractional: Fraction[] = [];
  for (let at = 0; at < cells.length; at++) {
    const task = Math.floor(at / nodes.length);
    if (tasks[task]!.isGang) continue;
    const whole = Math.floor(cells[at]! + SNAP);
    for (let n = 0; n < whole && room.left(task) > 0; n++) if (!room.place(task, at % nodes.length)) break;
    const remainder = cells[at]! - whole;
    if (remainder > SNAP) fractional.push({ at, remainder });
  }
  const weight = ({ at }: Fraction) => tasks[Math.floor(at / nodes.length)]!.weight;
  return fractional.sort((a, b) => b.remainder - a.remainder || weight(b) - weight(a) || a.at - b.at);
}
