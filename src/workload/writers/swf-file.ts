import { SECOND, type Time } from '../../base/time.ts';
import { type JobBatch, JobFlag } from '../job-batch.ts';
import { jobName } from '../job-name.ts';
import { hasParents } from '../job-stages.ts';
import type { WorkloadTables } from '../workload-digest.ts';
import { tally } from '../workload-source.ts';
import type { JobFile } from './job-file.ts';

/** Where users are numbered from whose names are no numbers. */
const FIRST_USER = 1_000_001;
const UNKNOWN = -1;

/**
 * Writes the Standard Workload Format: a job a line, its processors the sum of the cpus of its tasks.
 *
 * Keeps whole seconds, whole processors, job numbers and the frameworks `user-<number>` and `unknown`; what else there is
 * comes into `lost`. Times are rounded, a run time never to zero; processors are rounded up.
 *
 * @see Chapin et al., Benchmarks and standards for the evaluation of parallel job schedulers, JSSPP 1999, section 3
 */
export class SwfFile implements JobFile {
  readonly lost: Record<string, number> = {};
  readonly #tables: WorkloadTables;
  readonly #cpus: number;
  readonly #users = new Map<number, number>();
  #named = 0;
  #jobs = 0;
  readonly #header: readonly string[];

  /** `machine`: how many processors the jobs were for, null where that is not known. */
  constructor(tables: WorkloadTables, machine: number | null = null) {
    const note = '; Note: written by allot; allocated is requested';
    this.#header = ['; Version: 2.2', note, ...(machine === null ? [] : [`; MaxProcs: ${machine}`])];
    this.#tables = tables;
    this.#cpus = tables.resources.findIndex(({ name }) => name === 'cpus');
  }

  async write(batch: JobBatch): Promise<Uint8Array> {
    const lines = this.#jobs === 0 ? [...this.#header] : [];
    for (let job = 0; job < batch.jobs; job++) lines.push(this.#line(batch, job));
    return new TextEncoder().encode(`${lines.join('\n')}\n`);
  }

  finish(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(0));
  }

  #line(batch: JobBatch, job: number): string {
    this.#jobs++;
    this.#lookAt(batch, job);
    const { run, processors } = this.#tasks(batch, job);
    const estimate = batch.estimate[job]!;
    const requested = Number.isNaN(estimate) ? UNKNOWN : this.#seconds(estimate);
    const submit = this.#seconds(batch.submit[job]!);
    const status = (batch.flags[job]! & JobFlag.killed) === 0 ? 1 : 5;
    const [name, user] = [this.#number(batch.name[job]!), this.#user(batch.framework[job]!)];
    return `${name} ${submit} -1 ${run} ${processors} -1 -1 ${processors} ${requested} -1 ${status} ${user} -1 -1 -1 -1 -1 -1`;
  }

  /** Counts what no column is for. */
  #lookAt(batch: JobBatch, job: number): void {
    const stages = batch.stages[job];
    if (stages !== undefined && hasParents(stages)) this.#lose('stages');
    if (batch.constraint[job] !== 0) this.#lose('constraints and speeds');
    if (batch.priority[job] !== 0) this.#lose('priority');
    if (batch.weight[job] !== 0) this.#lose('weight');
    if ((batch.flags[job]! & JobFlag.killed) !== 0) this.#lose('that it was killed, but for its status');
  }

  /** Sums up the tasks of a job: the longest run time, and all processors. */
  #tasks(batch: JobBatch, job: number): { run: number; processors: number } {
    const { resources } = this.#tables;
    const from = batch.taskStart[job]!;
    const end = batch.taskStart[job + 1]!;
    const first = batch.run[from]!;
    let longest: Time = 0;
    let amount = 0;
    let differs = false;
    const others = new Set<string>();
    for (let task = from; task < end; task++) {
      longest = Math.max(longest, batch.run[task]!);
      if (batch.run[task] !== first) differs = true;
      for (const [r, { name }] of resources.entries()) {
        const demand = batch.demand[task * resources.length + r]!;
        if (r === this.#cpus) amount += demand;
        else if (demand > 0) others.add(name);
      }
    }
    for (const name of others) this.#lose(`the demand of ${name}`);
    if (differs) this.#lose('run times of several tasks');
    if (end - from > 1 && (batch.flags[job]! & JobFlag.gang) === 0) this.#lose('that its tasks start on their own');
    const processors = amount / (resources[this.#cpus]?.scale ?? 1);
    if (!Number.isInteger(processors)) this.#lose('parts of processors');
    return { run: longest > 0 ? Math.max(1, this.#seconds(longest)) : 0, processors: Math.ceil(processors) };
  }

  #seconds(time: Time): number {
    if (time % SECOND !== 0) this.#lose('parts of seconds');
    return Math.round(time / SECOND);
  }

  #number(given: string | number): number {
    const name = typeof given === 'string' ? jobName(given) : given;
    if (typeof name === 'number') return name;
    this.#lose('names of jobs');
    return this.#jobs;
  }

  #user(framework: number): number {
    const known = this.#users.get(framework);
    if (known !== undefined && known < FIRST_USER) return known;
    const name = this.#tables.frameworks.name(framework);
    const number = /^user-(\d{1,6})$/.exec(name)?.[1];
    if (number === undefined && name !== 'unknown') this.#lose('names of frameworks');
    const user =
      name === 'unknown' ? UNKNOWN : number === undefined ? (known ?? FIRST_USER + this.#named++) : Number(number);
    this.#users.set(framework, user);
    return user;
  }

  /** A job that loses a thing twice counts twice. */
  #lose(what: string): void {
    tally(this.lost, what);
  }
}
