import type { FrameworkId, RoleId } from '../base/ids.ts';
import { type Time, toSeconds } from '../base/time.ts';
import type { RunEnd } from '../simulation/observer.ts';
import type { Ledger } from './ledger.ts';
import type { Metric, MetricContext, MetricDefinition, MetricValue } from './metric.ts';
import type { Spells } from './spells.ts';
import type { Windows } from './windows.ts';

/** How long somebody had to do without anything. */
export const starvation: MetricDefinition = {
  name: 'starvation',
  parts: ['max'],
  unit: 's',
  better: 'lower',
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

  constructor({ averages, ledger, windows }: MetricContext) {
    this.#ledger = ledger;
    this.#windows = windows;
    this.#frameworks = averages.starving;
    this.#roles = averages.starvingRoles;
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
