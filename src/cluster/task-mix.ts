import type { Amount } from '../base/amounts.ts';

/** A kind of task, as far as it matters where devices are: how often it occurs, and what one of it demands. */
export interface TaskKind {
  /** How many there are; whole, so that sums of them are exact in any order. */
  readonly count: number;
  /** What it takes of each device, in whole steps; 0 for a task without devices. */
  readonly each: Amount;
  /** From how many devices it takes that. */
  readonly devices: number;
  /** Whole steps of each other resource. */
  readonly rest: readonly Amount[];
  /** Row of the constraint on nodes. */
  readonly constraint: number;
}

/** What a workload is made of: kinds of tasks as columns, in order of their list. */
export class TaskMix {
  readonly kinds: number;
  /** How many tasks the counts are of. */
  readonly of: number;
  /** Resources beside the devices. */
  readonly width: number;
  readonly count: Float64Array;
  readonly each: Float64Array;
  readonly devices: Int32Array;
  /** By kind, one amount a resource. */
  readonly rest: Float64Array;
  readonly constraint: Int32Array;

  /** @param of what the counts are parts of; their sum where left out. */
  constructor(kinds: readonly TaskKind[], of = kinds.reduce((sum, { count }) => sum + count, 0)) {
    this.kinds = kinds.length;
    this.of = of;
    this.width = kinds[0]?.rest.length ?? 0;
    this.count = Float64Array.from(kinds, ({ count }) => count);
    this.each = Float64Array.from(kinds, ({ each }) => each);
    this.devices = Int32Array.from(kinds, ({ devices }) => devices);
    this.rest = Float64Array.from(kinds.flatMap(({ rest }) => rest));
    this.constraint = Int32Array.from(kinds, ({ constraint }) => constraint);
  }
}
