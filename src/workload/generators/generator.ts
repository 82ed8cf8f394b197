import type { Distribution } from '../../base/distributions.ts';
import type { Random } from '../../base/random.ts';
import type { Time } from '../../base/time.ts';
import type { JobTemplate } from '../job-template.ts';
import type { WorkloadContext } from '../workload-source.ts';

/** Who submits, with the weight that it is drawn by. */
export interface Submitter {
  readonly name: string;
  readonly weight: number;
}

/** A state of a modulated stream. */
export interface ArrivalState {
  /** Jobs per microsecond; 0 for none. */
  readonly rate: number;
  /** Mean stay, microseconds. */
  readonly stay: Time;
}

/** What only some models know; null where the scenario leaves it to the model. */
export interface ModelParameters {
  /** Jobs per microsecond, on average. */
  readonly rate: number | null;
  readonly states: readonly ArrivalState[];
  /** 24 weights from midnight on. */
  readonly hours: readonly number[] | null;
  /** 7 weights from Monday on. */
  readonly days: readonly number[] | null;
  /** Which time of the week time 0 of the run is: microseconds since Monday midnight. */
  readonly offset: Time;
  /** Processors of the machine that the jobs were made for. */
  readonly processors: number | null;
  readonly class: 'all' | 'batch' | 'interactive';
  readonly year: 2009 | 2010;
  /** Numbers of the model's own by name, in place of the published ones. */
  readonly parameters: Readonly<Record<string, number>>;
}

/** Parameters that leave everything to the model. */
export const plainParameters: ModelParameters = {
  ...{ rate: null, states: [], hours: null, days: null, offset: 0 },
  ...{ processors: null, class: 'all', year: 2009, parameters: {} },
};

/** What a job is like where the scenario says so; null is for the model to say. */
export type GivenTemplate = Omit<JobTemplate, 'tasks' | 'demand' | 'duration'> & {
  readonly tasks: Distribution | null;
  readonly demand: JobTemplate['demand'] | null;
  readonly duration: Distribution | null;
  /** What a width of n becomes: one task that demands n times as much, n tasks together, or n on their own. */
  readonly as: 'pool' | 'gang' | 'tasks' | null;
};

/** A stream of drawn jobs, as a scenario describes it. */
export interface GeneratedJobs {
  readonly label: string;
  /** What the numbered jobs' names begin with. */
  readonly name: string;
  /** Empty where the model names them. */
  readonly frameworks: readonly Submitter[];
  /** The stream ends after so many jobs, or with the last arrival up to `until`. */
  readonly jobs: number;
  readonly until: Time;
  readonly template: GivenTemplate;
  readonly parameters: ModelParameters;
}

/** Equal tasks of a drawn job. */
export interface DrawnGroup {
  readonly tasks: number;
  /** Microseconds that each runs, not rounded. */
  readonly run: number;
  /** What each demands by resource, in units of a scenario; what the cluster does not have is not asked for. */
  readonly demand: Readonly<Record<string, number>>;
  /** Positions of the groups that must end first. */
  readonly parents?: readonly number[];
}

/** Draws what the next job is like: one group of tasks, or several. */
export type DrawJob = () => readonly DrawnGroup[];

/** Gives the next time of arrival, in microseconds and not rounded; never an earlier one. */
export type ArrivalClock = () => number;

/** Opens a stream of chance for one purpose. */
type OpenStream = (name: string) => Random;

/** What a key of `generate` is to a model: without it there is no stream, or the model has a value of its own. */
type KeyUse = 'needed' | 'optional';

/** The keys of `generate` that not every model takes in the same way. */
export type ModelKey =
  | 'framework'
  | 'rate'
  | 'states'
  | 'hours'
  | 'days'
  | 'offset'
  | 'processors'
  | 'class'
  | 'year'
  | 'parameters'
  | 'as'
  | 'tasks'
  | 'demand'
  | 'duration';

/** A model of arriving jobs, as scenarios name it. */
export interface GeneratorDefinition {
  readonly name: string;
  readonly summary: string;
  /** Paper and section, or the log that it was fitted to. */
  readonly source: string;
  /** The keys it takes; one that is not named has no meaning for it. */
  readonly keys: Readonly<Partial<Record<ModelKey, KeyUse>>>;
  /** Who submits where the scenario names nobody. */
  readonly frameworks?: readonly Submitter[];
  /** What a width of n becomes where nobody says; tasks on their own where left out. */
  readonly as?: 'pool' | 'gang' | 'tasks';
  arrivals(parameters: ModelParameters, stream: OpenStream): ArrivalClock;
  /** Draws jobs where the model has laws of its own for them; else the scenario gives all of them. */
  jobs?(parameters: ModelParameters, context: WorkloadContext): DrawJob;
}
