import { type PlanProblem, worthOf } from '../../allocators/lp/plan-problem.ts';
import { type Room, roundPlan } from '../../allocators/lp/round-plan.ts';
import type { LinearModel } from '../../optimization/linear-model.ts';
import { CaseError, type Fields } from '../fields.ts';
import { parseFraction, toNumber } from '../fraction.ts';
import type { Verdict } from '../verdict.ts';
import { linearCase } from './linear-case.ts';

/** Holds how a plan in fractions becomes whole tasks: rounded down, and repaired. */
export function compareRounding(one: Fields, verdict: Verdict): void {
  const { model, names } = linearCase(one.fields('model'), true);
  const rounding = one.fields('rounding');
  rounding.prose('rule', 'warning', 'note');
  const start = rounding.fields('startingVertex');
  const layout = layoutOf(names, model);
  const cells = new Float64Array(layout.cells.length);
  layout.cells.forEach((variable, at) => {
    if (variable >= 0) cells[at] = numberOf(start, names[variable]!);
  });
  const rounded = (repairs: boolean) => {
    const room = new ModelRoom(model, layout);
    roundPlan(layout.problem, cells, room, repairs);
    return room.values;
  };
  for (const [key, repairs] of [
    ['floor', false],
    ['final', true],
  ] as const) {
    if (!rounding.has(key)) continue;
    const expected = rounding.fields(key);
    const values = rounded(repairs);
    names.forEach((name, v) => {
      verdict.near(`rounding.${key}.${name}`, values[v]!, expected.raw(name));
    });
  }
  const placed = rounded(true);
  if (rounding.has('finalObjective')) {
    const worth = worthOf(
      layout.problem,
      layout.cells.map((variable) => placed[variable] ?? 0),
    );
    verdict.near('rounding.finalObjective', worth, rounding.raw('finalObjective'));
  }
}

/** Where each variable stands in a table of kinds of tasks by kinds of nodes. */
interface Layout {
  readonly problem: PlanProblem;
  /** The variable of each cell, row-major; -1 for none. */
  readonly cells: readonly number[];
}

/** Reads a variable `x_task_node` as a cell; one with another name is a kind of task of its own. */
function layoutOf(names: readonly string[], model: LinearModel): Layout {
  const places = names.map((name) => {
    const [, task = name, node = ''] = /^x_(.+)_([^_]+)$/.exec(name) ?? [];
    return { task, node };
  });
  const tasks = [...new Set(places.map(({ task }) => task))];
  const nodes = [...new Set(places.map(({ node }) => node))];
  const cells = new Array<number>(tasks.length * nodes.length).fill(-1);
  places.forEach(({ task, node }, variable) => {
    cells[tasks.indexOf(task) * nodes.length + nodes.indexOf(node)] = variable;
  });
  const weightOf = (task: string) => model.columns.cost[places.findIndex((place) => place.task === task)]!;
  const nothing = new Float64Array(0);
  return {
    cells,
    problem: {
      resources: 0,
      // With the same share for all, worth by share is the weight, as the rule of these cases has it.
      tasks: tasks.map((task) => ({
        demand: nothing,
        count: 0,
        weight: weightOf(task),
        tier: 0,
        unit: 1,
        isGang: false,
      })),
      nodes: nodes.map(() => ({ free: nothing })),
      most: nothing,
      bounds: [],
    },
  };
}

/** Room as far as the rows of a model go, all of which must be upper limits. */
class ModelRoom implements Room {
  readonly values: Float64Array;
  readonly #model: LinearModel;
  readonly #layout: Layout;

  constructor(model: LinearModel, layout: Layout) {
    this.#model = model;
    this.#layout = layout;
    this.values = new Float64Array(model.variables);
  }

  place(task: number, node: number): boolean {
    const variable = this.#layout.cells[task * this.#layout.problem.nodes.length + node]!;
    if (variable < 0) return false;
    this.values[variable] = this.values[variable]! + 1;
    if (this.#model.allows(this.values)) return true;
    this.values[variable] = this.values[variable]! - 1;
    return false;
  }

  placeAnywhere(task: number): number {
    return this.#layout.problem.nodes.some((_, node) => this.place(task, node)) ? 1 : 0;
  }

  left(): number {
    return Number.POSITIVE_INFINITY;
  }

  next(): number {
    return 1;
  }
}

function numberOf(fields: Fields, key: string): number {
  const fraction = parseFraction(fields.raw(key));
  if (fraction === null) throw new CaseError(`${fields.path}.${key} is no number`);
  return toNumber(fraction);
}
