import { grown } from '../base/grow.ts';
import type { FrameworkId, RoleId } from '../base/ids.ts';
import { type Time, toSeconds } from '../base/time.ts';
import type { RunEnd } from '../simulation/observer.ts';
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

class Starvation implements Metric {
  readonly #ledger: Ledger;
  readonly #windows: Windows;
  readonly #frameworks: Spells;
  readonly #roles: Spells;

  constructor({ ledger, windows }: MetricContext) {
    this.#ledger = ledger;
    this.#windows = windows;
    this.#frameworks = new Spells(windows);
    this.#roles = new Spells(windows);
  }

  onTime(before: Time): void {
    const { changedFrameworks, changedRoles } = this.#ledger;
    for (let i = 0; i < changedFrameworks.count; i++) {
      const row = changedFrameworks.rows[i]!;
      const starving = this.#ledger.frameworkRunning(row) === 0 && this.#ledger.frameworkQueued(row) > 0;
      this.#frameworks.set(row, starving, before);
    }
    for (let i = 0; i < changedRoles.count; i++) {
      const row = changedRoles.rows[i]!;
      this.#roles.set(row, this.#ledger.roleRunning(row) === 0 && this.#ledger.roleQueued(row) > 0, before);
    }
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

  /** From `time` on the row is in a spell, or not. */
  set(row: number, within: boolean, time: Time): void {
    this.#reserve(row);
    const was = !Number.isNaN(this.#since[row]);
    if (within === was) return;
    if (was) this.#end(row, time);
    else this.#since[row] = Math.max(time, this.#windows.warm);
  }

  close(time: Time): void {
    for (let row = 0; row < this.count; row++) if (!Number.isNaN(this.#since[row])) this.#end(row, time);
  }

  longest(row: number): Time {
    return row < this.count ? this.#longest[row]! : 0;
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
