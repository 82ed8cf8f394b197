import type { ResourceCatalog } from '../base/amounts.ts';
import type { Hasher } from '../base/hasher.ts';
import { Interner } from '../base/interner.ts';
import { NumberStream } from '../base/number-stream.ts';
import { type NodeWishes, writeConstraint, writeSpeeds } from './constraint-text.ts';
import type { JobBatch } from './job-batch.ts';
import { jobName } from './job-name.ts';
import { eachTaskRun } from './task-runs.ts';

/** What the numbers in the columns of a batch stand for. */
export interface WorkloadTables {
  readonly resources: ResourceCatalog;
  readonly frameworks: { name(id: number): string };
  /** What a row of the run's constraints asks for. */
  wishes(row: number): NodeWishes;
  /** The weight that a row stands for; null for the one that follows from the priority. */
  weight(row: number): number | null;
}

const HEADER = 'allot workload 1';
/** No such value. */
const NONE = -1;
/** Steps in a unit that amounts are told in: a multiple of the steps that resources have. */
const FINEST = 1_000_000_000;

/**
 * Digests a workload: every job that a source gives, in order, as whole numbers and names.
 *
 * A job is its submit time, name, framework, estimate, priority, weight, marks and wishes, and then its tasks: runs of
 * equal ones with stage, count, run time and demands, and the parents of each stage. So two workloads have one digest
 * exactly if the same jobs come in the same order, whatever format they were read from, in how many records, beside which
 * resources that no job demands, and in steps of which size.
 */
export class WorkloadDigest {
  readonly #stream: NumberStream;
  readonly #tables: WorkloadTables;
  readonly #names = new Interner();
  /** Number of each framework's name. */
  readonly #frameworks: number[] = [];
  /** Columns of the resources in order of their names. */
  readonly #columns: readonly number[];
  #jobs = 0;

  constructor(hasher: Hasher, tables: WorkloadTables) {
    this.#stream = new NumberStream(hasher);
    this.#stream.text(HEADER);
    this.#tables = tables;
    const names = tables.resources.map(({ name }) => name);
    this.#columns = names.map((_, r) => r).sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
  }

  /** How many jobs have been added. */
  get jobs(): number {
    return this.#jobs;
  }

  /** Adds the jobs of a batch. */
  add(batch: JobBatch): void {
    for (let job = 0; job < batch.jobs; job++) this.#addJob(batch, job);
  }

  /** The digest in hexadecimal; nothing can be added afterwards. */
  hex(): string {
    return this.#stream.hex();
  }

  #addJob(batch: JobBatch, job: number): void {
    this.#jobs++;
    const stream = this.#stream;
    const estimate = batch.estimate[job]!;
    const framework = batch.framework[job]!;
    this.#frameworks[framework] ??= this.#numberOf(this.#tables.frameworks.name(framework));
    stream.addFive(
      batch.submit[job]!,
      this.#frameworks[framework]!,
      Number.isNaN(estimate) ? NONE : estimate,
      batch.priority[job]!,
      batch.flags[job]!,
    );
    this.#addName(batch.name[job]!);
    stream.add(this.#tables.weight(batch.weight[job]!) ?? NONE);
    this.#addWishes(batch.constraint[job]!);
    eachTaskRun(batch, job, (stage, task, count) => {
      stream.add(count);
      stream.add(stage);
      stream.add(batch.run[task]!);
      this.#addDemand(batch, task);
    });
    stream.add(0);
    this.#addParents(batch, job);
  }

  #addName(given: string | number): void {
    const name = typeof given === 'string' ? jobName(given) : given;
    if (typeof name === 'number') this.#stream.add(name);
    else this.#stream.text(JSON.stringify(name));
  }

  #addWishes(row: number): void {
    const wishes = row === 0 ? null : this.#tables.wishes(row);
    const text = wishes === null ? '' : `${writeConstraint(wishes)} ${writeSpeeds(wishes)}`;
    this.#stream.add(text === '' ? NONE : this.#numberOf(text));
  }

  /** Whole units, and what is above them in the finest steps: so the steps of the resource do not show. */
  #addDemand(batch: JobBatch, task: number): void {
    const { resources } = this.#tables;
    for (const r of this.#columns) {
      const amount = batch.demand[task * resources.length + r]!;
      if (amount === 0) continue;
      const { name, scale } = resources[r]!;
      const rest = amount % scale;
      this.#stream.add(this.#numberOf(name));
      this.#stream.add((amount - rest) / scale);
      this.#stream.add(rest * (FINEST / scale));
    }
    this.#stream.add(NONE);
  }

  #addParents(batch: JobBatch, job: number): void {
    const stages = batch.stages[job];
    if (stages === undefined) return;
    for (let stage = 0; stage < stages.count; stage++) {
      const parents = stages.parents.slice(stages.parentStart[stage], stages.parentStart[stage + 1]).sort();
      for (const parent of parents) {
        this.#stream.add(stage);
        this.#stream.add(parent);
      }
    }
  }

  /** Gives the number of a name, which is told itself where it comes for the first time. */
  #numberOf(name: string): number {
    const known = this.#names.find(name);
    if (known >= 0) return known;
    this.#stream.text(JSON.stringify(name));
    return this.#names.id(name);
  }
}
