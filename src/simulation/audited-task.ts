import type { PreemptionRule } from '../allocators/preemption.ts';
import type { NodeId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';

/** What an auditor writes down of one task. */
export class AuditedTask {
  readonly run: Time;
  /** Whole steps, one a resource. */
  readonly demand: readonly number[];
  firstStart: Time | null = null;
  end: Time | null = null;
  node: NodeId = -1;
  /** Null for a task that does not run, or runs whole. */
  share: number | null = null;
  /** Work that is done and kept. */
  #done: Time = 0;
  /** When the task was started, or its share changed last; null while it does not run. */
  #since: Time | null = null;
  #speed = 1;

  constructor(run: Time, demand: readonly number[]) {
    this.run = run;
    this.demand = demand;
  }

  get isRunning(): boolean {
    return this.#since !== null;
  }

  /** @param speed microseconds of work in one. */
  start(time: Time, node: NodeId, isFluid: boolean, speed: number): void {
    this.#speed = speed;
    this.firstStart ??= time;
    this.node = node;
    this.share = isFluid ? 0 : null;
    this.#since = time;
  }

  /** Runs a fluid task at another share from now on. */
  rate(time: Time, share: number): void {
    this.#done += this.share! * (time - this.#since!) * this.#speed;
    this.#since = time;
    this.share = share;
  }

  /** Stops the task; gives the work that was done since its start and is lost. */
  preempt(time: Time, rule: PreemptionRule): Time {
    const before = this.#done;
    const { work, kept } = this.#doneSince(time, rule);
    this.#since = null;
    this.#done = rule.kind === 'restart' ? 0 : before + kept;
    return work - kept;
  }

  /** Stops the task, whose node is gone; gives all the work that was done. */
  lose(time: Time, rule: PreemptionRule): Time {
    const before = this.#done;
    const { work } = this.#doneSince(time, rule);
    this.#since = null;
    this.#done = 0;
    return before + work;
  }

  /** Ends the task; says what is wrong with the time, or null. */
  finish(time: Time, rule: PreemptionRule): string | null {
    const since = this.#since!;
    this.end = time;
    this.#since = null;
    if (this.share !== null) {
      const done = this.#done + this.share * (time - since) * this.#speed;
      // Ends round up to a microsecond, and sums of shares such as one third are not exact.
      if (Math.abs(done - this.run) <= 1.01 * Math.max(1, this.#speed) + this.run * 1e-9) return null;
      return `ran ${done} us by its shares, its run time is ${this.run} us`;
    }
    const left = this.run - this.#done;
    const busy = Math.ceil(left / this.#speed);
    let lasts = busy;
    if (rule.kind === 'checkpoint') for (let at = rule.interval; at < busy; at += rule.interval) lasts += rule.cost;
    if (time - since === lasts) return null;
    if (left === this.run && lasts === left) return `ran ${time - since} us, its run time is ${this.run} us`;
    return `ran ${time - since} us since it was started again, ${lasts} us were left`;
  }

  /** Work done since the start, and what of it a preemption keeps; checkpoints come by the clock. */
  #doneSince(time: Time, rule: PreemptionRule): { work: Time; kept: Time } {
    const left = Math.ceil((this.run - this.#done) / this.#speed);
    const { work, kept } = doneBy(time - this.#since!, left, rule);
    return { work: Math.floor(work * this.#speed), kept: Math.floor(kept * this.#speed) };
  }
}

/** Work done in `elapsed` since a start, with so much left at it, and what of it a preemption keeps. */
function doneBy(elapsed: Time, left: Time, rule: PreemptionRule): { work: Time; kept: Time } {
  if (rule.kind === 'resume') return { work: elapsed, kept: elapsed };
  if (rule.kind === 'restart') return { work: elapsed, kept: 0 };
  let [time, work, kept] = [elapsed, 0, 0];
  while (time > 0 && work < left) {
    const stretch = Math.min(time, rule.interval);
    work += stretch;
    time -= stretch;
    if (stretch < rule.interval || time < rule.cost) break;
    time -= rule.cost;
    kept = work;
  }
  return { work, kept };
}
