import type { Hasher } from '../base/hasher.ts';
import { NumberStream } from '../base/number-stream.ts';
import type { Time } from '../base/time.ts';
import { FactKind, type FactLog } from './fact-log.ts';
import type { Observer } from './observer.ts';

/**
 * Digests a run: every fact in order of occurrence, behind a header; and beside it the starts and ends alone.
 *
 * A fact is its mark and whole numbers: submission (time, index, queued tasks, name), tasks that become queued later (time,
 * index, how many), task start, preemption and end (time,
 * index, position, node), job end (time, index). A name that is a number counts as one, others are text. No path,
 * metric or fraction enters: shares of fluid tasks show in when they end.
 */
export class RunDigest implements Observer {
  readonly #facts: NumberStream;
  readonly #schedule: NumberStream;
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

  readFacts(log: FactLog): void {
    const { kind, time, index, position, node } = log;
    const facts = this.#facts;
    const schedule = this.#schedule;
    for (let row = 0; row < log.count; row++) {
      const what = kind[row]!;
      switch (what) {
        case FactKind.started:
        case FactKind.ended:
        case FactKind.preempted:
        case FactKind.lost:
          facts.addFive(what, time[row]!, index[row]!, position[row]!, node[row]!);
          schedule.addFive(what, time[row]!, index[row]!, position[row]!, node[row]!);
          break;
        case FactKind.submitted:
          this.#fact(what, time[row]!, index[row]!);
          facts.add(position[row]!);
          this.#name(log.name[row]!);
          break;
        case FactKind.rejected:
          this.#fact(what, log.submit[row]!, index[row]!);
          this.#name(log.name[row]!);
          break;
        case FactKind.jobEnded:
        case FactKind.unfinished:
          this.#fact(what, time[row]!, index[row]!);
          break;
        case FactKind.withdrawn:
        case FactKind.ready:
          this.#fact(what, time[row]!, index[row]!);
          facts.add(position[row]!);
          break;
        case FactKind.node:
          this.#fact(what, time[row]!, node[row]!);
          facts.add(position[row]!);
          break;
        case FactKind.policy:
          this.#fact(what, time[row]!, position[row]!);
          facts.add(log.framework[row]!);
          facts.add(node[row]!);
          break;
        default:
      }
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

  #name(name: string | number): void {
    if (typeof name === 'number') this.#facts.add(name);
    else this.#facts.text(name);
  }
}
