import { type RandomStage, stageOfEach } from './random-stages.ts';

/** One task as the twin is told of it: steps of each resource, whole seconds. */
export interface TwinTask {
  readonly demand: readonly number[];
  readonly run: number;
}

/** One submission as the twin is told of it. */
export interface TwinJob {
  readonly framework: string;
  /** Whole seconds. */
  readonly submit: number;
  /** Whole seconds; null where the user gave none. */
  readonly estimate: number | null;
  readonly priority: number;
  readonly gang: boolean;
  readonly tasks: readonly TwinTask[];
  /** Stages in order of their tasks; every task by itself where left out. */
  readonly stages?: readonly RandomStage[];
}

/** A role that the scenario lists. */
export interface TwinRole {
  readonly path: string;
  readonly weight: number;
}

/** All that a run depends on, apart from the policy. Jobs stand in order of submission. */
export interface TwinWorld {
  /** Capacity of each node in steps of each resource; the first resource is `cpus`, 1000 steps each. */
  readonly nodes: readonly (readonly number[])[];
  readonly jobs: readonly TwinJob[];
  readonly roles: readonly TwinRole[];
  readonly roleOf: Readonly<Record<string, string>>;
}

/** A task in the course of a run. */
export interface LiveTask {
  readonly job: LiveJob;
  readonly position: number;
  readonly demand: readonly number[];
  readonly run: number;
  node: number | null;
  start: number | null;
  end: number | null;
}

/** A job in the course of a run. */
export interface LiveJob {
  readonly spec: TwinJob;
  /** Position among all submissions. */
  readonly submission: number;
  readonly tasks: LiveTask[];
  rejected: boolean;
}

/** A node in the course of a run. */
export interface LiveNode {
  readonly capacity: readonly number[];
  free: number[];
}

/** The tasks of a job that have not started and wait for no other task, in order of position. */
export function queuedTasks(job: LiveJob): LiveTask[] {
  return job.tasks.filter((task) => task.start === null && parentsOf(task).every(({ end }) => end !== null));
}

/** The tasks that must end before one may start. */
export function parentsOf({ job, position }: LiveTask): LiveTask[] {
  const { stages } = job.spec;
  if (stages === undefined) return [];
  const stageOf = stageOfEach(stages);
  const { parents } = stages[stageOf[position]!]!;
  return job.tasks.filter((other) => parents.includes(stageOf[other.position]!));
}

/** How long a task and the longest chain of those that it waits for take. */
export function chainOf(task: LiveTask): number {
  return task.run + Math.max(0, ...parentsOf(task).map(chainOf));
}

/** True if every amount of the demand is there. */
export function fits(demand: readonly number[], free: readonly number[]): boolean {
  return demand.every((amount, r) => amount <= free[r]!);
}

/** Takes a demand from what a node has free. */
export function take(node: LiveNode, demand: readonly number[]): void {
  node.free = node.free.map((free, r) => free - demand[r]!);
}

/** Gives a demand back to a node. */
export function giveBack(node: LiveNode, demand: readonly number[]): void {
  node.free = node.free.map((free, r) => free + demand[r]!);
}
