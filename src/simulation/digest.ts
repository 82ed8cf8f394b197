import type { Hasher } from '../base/hasher.ts';
import type { JobId, NodeId, TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { JobOutcome, ObservedRun, Observer } from './observer.ts';

/** Marks of the facts in the digested bytes. */
const Fact = { submitted: 1, started: 2, ended: 3, jobEnded: 4, rejected: 5, unfinished: 6, preempted: 7 } as const;

const FLUSH = 8_192;

/** Gathers whole numbers as little-endian doubles and hands them to a hasher in blocks. */
class NumberStream {
  readonly #hasher: Hasher;
  readonly #bytes = new Uint8Array((FLUSH + 8) * 8);
  readonly #view = new DataView(this.#bytes.buffer);
  /** Bytes in use. */
  #end = 0;

  constructor(hasher: Hasher) {
    this.#hasher = hasher;
  }

  add(number: number): void {
    this.#view.setFloat64(this.#end, number, true);
    this.#end += 8;
    if (this.#end >= FLUSH * 8) this.flush();
  }

  /** The same for five numbers, which is what most facts have. */
  addFive(a: number, b: number, c: number, d: number, e: number): void {
    const view = this.#view;
    const at = this.#end;
    view.setFloat64(at, a, true);
    view.setFloat64(at + 8, b, true);
    view.setFloat64(at + 16, c, true);
    view.setFloat64(at + 24, d, true);
    view.setFloat64(at + 32, e, true);
    this.#end = at + 40;
    if (this.#end >= FLUSH * 8) this.flush();
  }

  text(text: string): void {
    this.flush();
    this.#hasher.update(new TextEncoder().encode(`${text}\n`));
  }

  flush(): void {
    this.#hasher.update(this.#bytes.subarray(0, this.#end));
    this.#end = 0;
  }

  hex(): string {
    this.flush();
    return this.#hasher.hex();
  }
}

/**
 * Digests a run: every fact in order of occurrence, behind a header; and beside it the starts and ends alone.
 *
 * A fact is its mark and whole numbers: submission (time, index, tasks, name), task start, preemption and end (time,
 * index, position, node), job end (time, index). A name that is a number counts as one, others are text. No path,
 * metric or fraction enters: shares of fluid tasks show in when they end.
 */
export class RunDigest implements Observer {
  readonly #facts: NumberStream;
  readonly #schedule: NumberStream;
  #run!: ObservedRun;
  #digest = '';
  #scheduleDigest = '';

  /** The header names what decides the run beside its input: format, seed, allocator with its options. */
  constructor(header: string, open: () => Hasher) {
    this.#facts = new NumberStream(open());
    this.#schedule = new NumberStream(open());
    this.#facts.text(header);
  }

  /** Digest of everything; after the run. */
  get digest(): string {
    return this.#digest;
  }

  /** Digest of what started and ended when and where, whatever the seed and the allocator are called; after the run. */
  get scheduleDigest(): string {
    return this.#scheduleDigest;
  }

  onStart(run: ObservedRun): void {
    this.#run = run;
  }

  onJobSubmitted(time: Time, job: JobId): void {
    const { view } = this.#run;
    this.#fact(Fact.submitted, time, view.submission(job));
    this.#facts.add(view.taskCount(job));
    this.#name(this.#run.jobName(job));
  }

  onTaskStarted(time: Time, task: TaskId, node: NodeId): void {
    this.#taskFact(Fact.started, time, task, node);
  }

  onTaskPreempted(time: Time, task: TaskId, node: NodeId): void {
    this.#taskFact(Fact.preempted, time, task, node);
  }

  onTaskEnded(time: Time, task: TaskId, node: NodeId): void {
    this.#taskFact(Fact.ended, time, task, node);
  }

  onJobEnded(time: Time, job: JobOutcome): void {
    if (job.status === 'rejected') {
      this.#fact(Fact.rejected, job.submit, job.index);
      this.#name(job.name);
    } else {
      this.#fact(job.status === 'unfinished' ? Fact.unfinished : Fact.jobEnded, time, job.index);
    }
  }

  onEnd(): void {
    this.#digest = this.#facts.hex();
    this.#scheduleDigest = this.#schedule.hex();
  }

  #fact(mark: number, time: Time, index: number): void {
    this.#facts.add(mark);
    this.#facts.add(time);
    this.#facts.add(index);
  }

  #taskFact(mark: number, time: Time, task: TaskId, node: NodeId): void {
    const run = this.#run;
    const index = run.view.submission(run.view.jobOf(task));
    const position = run.taskPosition(task);
    this.#facts.addFive(mark, time, index, position, node);
    this.#schedule.addFive(mark, time, index, position, node);
  }

  #name(name: string | number): void {
    if (typeof name === 'number') this.#facts.add(name);
    else this.#facts.text(name);
  }
}
