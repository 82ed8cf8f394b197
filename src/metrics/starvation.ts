import { grown } from '../base/grow.ts';
import type { FrameworkId, RoleId } from '../base/ids.ts';
import { type Time, toSeconds } from '../base/time.ts';
import type { RunEnd } from '../simulation/observer.ts';
import type { IntervalLog, IntervalReader, Standings } from './interval-log.ts';
import type { Ledger } from './ledger.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import type { Windows } from './windows.ts';

/** How long somebody had to do without anything. */
export const starvation: MetricDefinition = {
  name: 'starvation',
  parts: ['max'],
  unit: 's',
  scopes: ['run', 'framework', 'role'],
  summary: 'longest time without a break in which a role (framework) had queued tasks and no running one',
  formula: 'max length of {t: queued > 0 and running = 0}',
  source: 'own',
  edges: 'a role counts with all below it; the run: the worst role that has frameworks; null if no job was submitted',
  create: (context) => new Starvation(context),
};

class Starvation implements Metric, IntervalReader {
  readonly #ledger: Ledger;
  readonly #windows: Windows;
  readonly #frameworks: Spells;
  readonly #roles: Spells;

  constructor({ intervals, ledger, windows }: MetricContext) {
    this.#ledger = ledger;
    this.#windows = windows;
    this.#frameworks = new Spells(windows);
    this.#roles = new Spells(windows);
    intervals.addReader(this);
  }

  readIntervals({ count, since, frameworks, frameworkEnd, roles, roleEnd }: IntervalLog): void {
    this.#frameworks.read(frameworks, frameworkEnd, since, count);
    this.#roles.read(roles, roleEnd, since, count);
  }

  onEnd(end: RunEnd): void {
    this.#frameworks.close(end.end);
    this.#roles.close(end.end);
  }

  values(): readonly MetricValue[] {
    let longest = 0;
    for (let role = 0; role < this.#roles.count; role++) {
      if (this.#ledger.isUser(role)) longest = Math.max(longest, this.#roles.longest(role));
    }
    return this.#value(longest);
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    return this.#value(this.#frameworks.longest(framework));
  }

  roleValues(role: RoleId): readonly MetricValue[] {
    return this.#value(this.#roles.longest(role));
  }

  #value(longest: Time): readonly MetricValue[] {
    return [{ name: 'starvation.max', value: this.#windows.begun ? toSeconds(longest) : null }];
  }
}

/** The longest spell of each row. */
class Spells {
  count = 0;
  readonly #windows: Windows;
  #since = new Float64Array(0);
  #longest = new Float64Array(0);

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  /** Reads the changes of a block of intervals. */
  read(standings: Standings, ends: Int32Array, since: Float64Array, intervals: number): void {
    let i = 0;
    for (let interval = 0; interval < intervals; interval++) {
      for (; i < ends[interval]!; i++) this.#set(standings.who[i]!, standings.starving[i] === 1, since[interval]!);
    }
  }

  close(time: Time): void {
    for (let row = 0; row < this.count; row++) if (!Number.isNaN(this.#since[row])) this.#end(row, time);
  }

  longest(row: number): Time {
    return row < this.count ? this.#longest[row]! : 0;
  }

  /** From `time` on the row is in a spell, or not. */
  #set(row: number, within: boolean, time: Time): void {
    this.#reserve(row);
    const was = !Number.isNaN(this.#since[row]);
    if (within === was) return;
    if (was) this.#end(row, time);
    else this.#since[row] = Math.max(time, this.#windows.warm);
  }

  #end(row: number, time: Time): void {
    this.#longest[row] = Math.max(this.#longest[row]!, time - this.#since[row]!);
    this.#since[row] = Number.NaN;
  }

  #reserve(row: number): void {
    if (row < this.count) return;
    this.#since = grown(this.#since, row + 1);
    this.#longest = grown(this.#longest, this.#since.length);
    this.#since.fill(Number.NaN, this.count, row + 1);
    this.count = row + 1;
  }
}
