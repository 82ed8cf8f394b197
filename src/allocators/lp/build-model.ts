import { LinearModel } from '../../optimization/linear-model.ts';
import type { Objective as Stage } from '../../optimization/solve-in-order.ts';
import type { Objective, PlanProblem } from './plan-problem.ts';

/** A linear model of a plan, what it optimises in order, and where its answers stand. */
export interface PlanModel {
  readonly model: LinearModel;
  readonly stages: readonly Stage[];
  /** The variable of each cell of the plan; -1 where no task can go. */
  readonly cells: Int32Array;
  /** The variables that say how far bounds are from what should be reached. */
  readonly shortfalls: readonly number[];
}

/**
 * Writes a plan down as a linear model.
 *
 * Variables x_ij: tasks of kind i on nodes of kind j, at most as many as wait and as the nodes hold one by one (so that
 * nodes taken together promise no task that none of them has room for). Rows: what each kind of node has free of each
 * resource, how many tasks of each kind wait, and the bounds; those that nothing could break are left out. The least
 * unmet weight is the most weight met: what stays unmet of a kind is what waits less the sum over its row. Floors are soft: what is missing is a variable, and the first stage makes it least.
 */
export function buildModel(problem: PlanProblem, objective: Objective, whole = false): PlanModel {
  const { tasks, nodes, most } = problem;
  const model = new LinearModel('maximize');
  const cells = new Int32Array(tasks.length * nodes.length).fill(-1);
  for (let i = 0; i < tasks.length; i++) {
    for (let j = 0; j < nodes.length; j++) {
      const upper = Math.min(tasks[i]!.count, most[i * nodes.length + j]!);
      if (upper > 0) cells[i * nodes.length + j] = model.addVariable(0, 0, upper, whole);
    }
  }
  addCapacities(model, problem, cells);
  addDemands(model, problem, cells);
  const shortfalls = addBounds(model, problem, cells);
  const stages = stagesOf(model, problem, cells, shortfalls, objective);
  return { model, stages, cells, shortfalls: shortfalls.map(({ variable }) => variable) };
}

function addCapacities(model: LinearModel, { resources, tasks, nodes }: PlanProblem, cells: Int32Array): void {
  for (let j = 0; j < nodes.length; j++) {
    for (let r = 0; r < resources; r++) {
      const free = nodes[j]!.free[r]!;
      let asked = 0;
      for (let i = 0; i < tasks.length; i++) {
        const x = cells[i * nodes.length + j]!;
        if (x >= 0) asked += tasks[i]!.demand[r]! * model.columns.upper[x]!;
      }
      if (asked <= free) continue;
      const row = model.addRow(Number.NEGATIVE_INFINITY, free);
      for (let i = 0; i < tasks.length; i++) {
        const x = cells[i * nodes.length + j]!;
        if (x >= 0) model.addTerm(row, x, tasks[i]!.demand[r]!);
      }
    }
  }
}

function addDemands(model: LinearModel, { tasks, nodes }: PlanProblem, cells: Int32Array): void {
  for (let i = 0; i < tasks.length; i++) {
    const { count } = tasks[i]!;
    let room = 0;
    for (let j = 0; j < nodes.length; j++) {
      const x = cells[i * nodes.length + j]!;
      if (x >= 0) room += model.columns.upper[x]!;
    }
    if (room <= count) continue;
    const row = model.addRow(Number.NEGATIVE_INFINITY, count);
    for (let j = 0; j < nodes.length; j++) {
      const x = cells[i * nodes.length + j]!;
      if (x >= 0) model.addTerm(row, x, 1);
    }
  }
}

interface Shortfall {
  readonly variable: number;
  readonly atLeast: number;
}

function addBounds(model: LinearModel, { tasks, nodes, bounds }: PlanProblem, cells: Int32Array): Shortfall[] {
  const shortfalls: Shortfall[] = [];
  for (const { each, atLeast, atMost } of bounds) {
    if (atLeast <= 0 && atMost === Number.POSITIVE_INFINITY) continue;
    const upper = Math.max(0, atMost);
    const lower = atLeast > 0 ? Math.min(atLeast, upper) : Number.NEGATIVE_INFINITY;
    const row = model.addRow(lower, upper);
    for (let i = 0; i < tasks.length; i++) {
      for (let j = 0; j < nodes.length; j++) {
        const x = cells[i * nodes.length + j]!;
        if (x >= 0) model.addTerm(row, x, each[i]!);
      }
    }
    if (lower <= 0) continue;
    const variable = model.addVariable(0, 0, lower);
    model.addTerm(row, variable, 1);
    shortfalls.push({ variable, atLeast: lower });
  }
  return shortfalls;
}

/** What is best in order: floors as far as they go, weight tier by tier, the number of tasks without weight, cost. */
function stagesOf(
  model: LinearModel,
  problem: PlanProblem,
  cells: Int32Array,
  shortfalls: readonly Shortfall[],
  objective: Objective,
): Stage[] {
  const { tasks, nodes, price } = problem;
  const stages: Stage[] = [];
  const costs = () => new Float64Array(model.variables);
  if (shortfalls.length > 0) {
    const missing = costs();
    for (const { variable, atLeast } of shortfalls) missing[variable] = 1 / atLeast;
    stages.push({ sense: 'minimize', costs: missing });
  }
  const tiers = [...new Set(tasks.map(({ tier }) => tier))].sort((a, b) => b - a);
  for (const tier of tiers) {
    const stage = weightStage(problem, cells, (i) => tasks[i]!.tier === tier, costs());
    if (stage !== null) stages.push(stage);
  }
  if (tasks.some(({ weight }) => weight === 0)) {
    const number = costs();
    for (let c = 0; c < cells.length; c++) {
      if (cells[c]! >= 0 && tasks[Math.floor(c / nodes.length)]!.weight === 0) number[cells[c]!] = 1;
    }
    stages.push({ sense: 'maximize', costs: number });
  }
  if (objective === 'cost' && price !== undefined) {
    const paid = costs();
    for (let c = 0; c < cells.length; c++) if (cells[c]! >= 0) paid[cells[c]!] = price[c]!;
    if (paid.some((each) => each > 0)) stages.push({ sense: 'minimize', costs: paid });
  }
  return stages;
}

/** The weight met of the kinds that `counts` is true of; null where they have none. */
function weightStage(
  { tasks, nodes, bonus }: PlanProblem,
  cells: Int32Array,
  counts: (i: number) => boolean,
  costs: Float64Array,
): Stage | null {
  for (let i = 0; i < tasks.length; i++) {
    if (!counts(i)) continue;
    for (let j = 0; j < nodes.length; j++) {
      const at = i * nodes.length + j;
      if (cells[at]! >= 0) costs[cells[at]!] = tasks[i]!.weight + (bonus?.[at] ?? 0);
    }
  }
  return costs.some((cost) => cost > 0) ? { sense: 'maximize', costs } : null;
}
