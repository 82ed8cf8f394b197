import type { OptionSpec } from '../../../base/options.ts';
import type { Time } from '../../../base/time.ts';
import type { WorkloadContext } from '../../workload-source.ts';
import { demandColumns } from '../demand-columns.ts';
import { at, isObject, type JsonObject, listAt } from '../document.ts';
import type { DocumentTools } from '../document-reader.ts';
import { podConstraint } from './pod-constraint.ts';
import { podDemand } from './pod-demand.ts';
import { POD_RESOURCES } from './pod-resources.ts';
import type { PodSet } from './pod-set.ts';
import { durationTime, stampTime } from './times.ts';

/** What a run knows of like pods. */
export interface PodDraft {
  readonly framework: number;
  readonly priority: number;
  readonly constraint: number;
  readonly demand: Float64Array;
}

/** Annotations that tell how long a pod runs, the first that is there. */
const LIFETIMES = ['allot/duration', 'simkube.io/lifetime-seconds', 'pod-complete.stage.kwok.x-k8s.io/delay'];

/** Priorities that every cluster has. */
const SYSTEM_CLASSES: readonly [string, number][] = [
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
];

/** Turns pods into what the jobs of a run carry. */
export class PodDrafts {
  readonly #context: WorkloadContext;
  readonly #columns: readonly number[];
  readonly #by: string;
  readonly #classes = new Map(SYSTEM_CLASSES);
  #defaultPriority = 0;
  readonly #note: (what: string) => void;

  constructor(
    { context, account, options, writer }: DocumentTools,
    format: string,
    objects: Iterable<JsonObject> = [],
  ) {
    this.#context = context;
    this.#columns = demandColumns(POD_RESOURCES, format, context, account);
    this.#by = options.frameworkBy;
    this.#note = (what) => writer.note(what);
    account.rules['framework-by'] =
      { user: 'namespace', group: 'owner', queue: 'priority class' }[this.#by] ?? this.#by;
    for (const object of objects) if (at(object, 'kind') === 'PriorityClass') this.#addClass(object);
  }

  /** Gives what the pods are to a run, or the reason why they are left out. */
  draft(pods: PodSet): PodDraft | string {
    const amounts = podDemand(pods.spec);
    if (typeof amounts === 'string') return amounts;
    const where = podConstraint(pods.spec);
    if (typeof where === 'string') return where;
    const demand = new Float64Array(this.#context.resources.length);
    for (const [i, column] of this.#columns.entries()) if (column >= 0) demand[column] = amounts[i]!;
    return {
      framework: this.#context.frameworks.id(this.#framework(pods)),
      priority: this.#priority(pods.spec),
      constraint: this.#context.constraint(where.wanted, {}, where.requirements),
      demand,
    };
  }

  #framework({ namespace, name, spec, labels }: PodSet): string {
    if (this.#by === 'none') return 'all';
    if (this.#by === 'user') return namespace;
    if (this.#by === 'group') return name;
    const value = this.#by === 'queue' ? at(spec, 'priorityClassName') : at(labels, this.#by);
    return value === undefined || value === null || value === '' ? 'unknown' : String(value);
  }

  #priority(spec: JsonObject): number {
    const own = at(spec, 'priority');
    if (typeof own === 'number' && Number.isSafeInteger(own)) return own;
    const name = at(spec, 'priorityClassName');
    if (typeof name !== 'string' || name === '') return this.#defaultPriority;
    const known = this.#classes.get(name);
    if (known === undefined) this.#note('priority class that is not in the list, taken as 0');
    return known ?? 0;
  }

  #addClass(object: JsonObject): void {
    const value = at(object, 'value');
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return;
    this.#classes.set(String(at(object, 'metadata', 'name')), value);
    if (at(object, 'globalDefault') === true) this.#defaultPriority = value;
  }
}

/** Gives how long each pod runs by what the manifest says; NaN where it says nothing. */
export function runTime({ annotations, object, kind, completions }: PodSet): Time {
  for (const key of LIFETIMES) {
    const value = at(annotations, key);
    if (value !== undefined) return durationTime(value);
  }
  const status = at(object, 'status');
  if (kind === 'Job' && completions === 1) return span(at(status, 'startTime'), at(status, 'completionTime'));
  if (kind !== 'Pod') return Number.NaN;
  const ended = listAt(status, 'containerStatuses').map((each) => at(each, 'state', 'terminated'));
  if (ended.length === 0 || !ended.every(isObject)) return Number.NaN;
  const starts = ended.map((each) => stampTime(at(each, 'startedAt')));
  const ends = ended.map((each) => stampTime(at(each, 'finishedAt')));
  return Math.max(...ends) - Math.min(...starts);
}

/** Gives the limit that a job sets itself; NaN where it sets none. */
export function deadline({ object, spec }: PodSet): Time {
  return durationTime(at(object, 'spec', 'activeDeadlineSeconds') ?? at(spec, 'activeDeadlineSeconds'));
}

/** The option that tells a run time where nothing else does. */
export function runTimeOption(summary: string): OptionSpec {
  const check = (text: string) =>
    text === 'none' || durationTime(text) > 0 ? null : 'expected a duration such as 10m, or none';
  return { kind: 'text', default: 'none', summary, check };
}

/** Reads that option, which has been checked; NaN for none. */
export function givenRunTime(text: string): Time {
  return text === 'none' ? Number.NaN : durationTime(text);
}

function span(start: unknown, end: unknown): Time {
  return stampTime(end) - stampTime(start);
}
