import { LinearModel, type Sense } from '../../optimization/linear-model.ts';
import type { Optimal, Outcome } from '../../optimization/outcome.ts';

/** What time on unlike nodes is divided among jobs: one row a job, one column a node type. */
export interface TimeProblem {
  /** Work that a job does in one unit of time on a type; zero where it cannot run. */
  readonly throughputs: readonly (readonly number[])[];
  /** How many workers there are of each type. */
  readonly counts: readonly number[];
  /** How many workers each job takes at once; a job that takes none counts as one of scale 1 in objectives. */
  readonly scales: readonly number[];
  /** How many jobs each row stands for, of which each gets what the row says; 1 where left out. */
  readonly members?: readonly number[];
}

/** Which fraction of time each job runs on each type: a row a job sums to at most 1. */
export type TimeShares = readonly (readonly number[])[];

/** Fractions of time as the variables of a linear model. */
export interface TimeModel {
  readonly model: LinearModel;
  /** The variable of a job's time on a type. */
  variable(job: number, type: number): number;
}

/**
 * Opens a model of all divisions of time: no job has more than all of its time, no type is given out beyond its workers.
 *
 * Where a job cannot run it gets no time.
 *
 * @param costs of a job's whole time on a type; zero where left out.
 * @see Narayanan et al., Heterogeneity-Aware Cluster Scheduling Policies for Deep Learning Workloads, OSDI 2020, section 4.1
 */
export function timeModel(
  { throughputs, counts, scales, members }: TimeProblem,
  sense: Sense,
  costs?: (job: number, type: number) => number,
): TimeModel {
  const model = new LinearModel(sense);
  const types = counts.length;
  for (const [j, row] of throughputs.entries()) {
    for (const [t, rate] of row.entries()) model.addVariable(costs?.(j, t) ?? 0, 0, rate > 0 ? 1 : 0);
  }
  const variable = (job: number, type: number): number => job * types + type;
  for (const j of throughputs.keys()) {
    const row = model.addRow(Number.NEGATIVE_INFINITY, 1);
    for (let t = 0; t < types; t++) model.addTerm(row, variable(j, t), 1);
  }
  for (const [t, count] of counts.entries()) {
    const row = model.addRow(Number.NEGATIVE_INFINITY, count);
    for (const [j, scale] of scales.entries()) model.addTerm(row, variable(j, t), scale * (members?.[j] ?? 1));
  }
  return { model, variable };
}

/** Adds a row for a weighted sum of a job's time, from `lower` on; gives its number. */
export function addJobRow(
  { model, variable }: TimeModel,
  job: number,
  weights: readonly number[],
  lower: number,
): number {
  const row = model.addRow(lower, Number.POSITIVE_INFINITY);
  for (const [t, weight] of weights.entries()) model.addTerm(row, variable(job, t), weight);
  return row;
}

/** Reads the fractions of time out of a solution; what the solver's rounding leaves below zero or above one is cut. */
export function sharesOf({ throughputs }: TimeProblem, values: ArrayLike<number>): number[][] {
  let at = 0;
  return throughputs.map((row) => row.map(() => Math.min(1, Math.max(0, values[at++]!))));
}

/** Gives a weighted sum of each job's time: with throughputs as weights what it gets done in one unit of time. */
export function weigh(weights: readonly (readonly number[])[], shares: TimeShares): number[] {
  return weights.map((row, j) => row.reduce((sum, weight, t) => sum + weight * shares[j]![t]!, 0));
}

/** No optimum was found of a model that has one. */
export class NoSolution extends Error {
  override readonly name = 'NoSolution';
}

/** Gives a proven optimum; throws NoSolution for anything else. */
export function optimumOf(outcome: Outcome): Optimal {
  if (outcome.status === 'optimal') return outcome;
  throw new NoSolution('reason' in outcome ? `${outcome.status}: ${outcome.reason}` : outcome.status);
}
