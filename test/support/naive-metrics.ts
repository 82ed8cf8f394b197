import { NONE } from '../../src/base/ids.ts';
import type { Time } from '../../src/base/time.ts';
import type { ClusterView } from '../../src/cluster/view.ts';
import { dominantShare } from '../../src/fairness/dominant-share.ts';
import { progressiveFilling } from '../../src/fairness/progressive-filling.ts';
import type { ObservedRun, Observer } from '../../src/simulation/observer.ts';

/** A weighted mean being gathered. */
class Mean {
  time = 0;
  #sum = 0;

  add(value: number, time: number): void {
    this.#sum += value * time;
    this.time += time;
  }

  get value(): number | null {
    return this.time === 0 ? null : this.#sum / this.time;
  }
}

/** What one framework or role is doing between two instants. */
interface Standing {
  readonly used: readonly number[];
  readonly queued: number;
  readonly running: number;
  /** Amounts of running and queued tasks. */
  readonly demand: readonly number[];
}

/**
 * The slow twin of the metrics of time: asks for everything anew in each interval, keeps no state that could be wrong,
 * and writes each formula as the documentation does.
 */
export class NaiveMetrics implements Observer {
  readonly means = new Map<string, Mean>();
  readonly maxima = new Map<string, number>();
  readonly #standing: (framework: number) => Standing;
  readonly #waitingJobs: () => number;
  readonly #warm: Time;
  readonly #spells = new Map<string, number>();
  #view: ClusterView | undefined;
  #begun = false;

  constructor(standing: (framework: number) => Standing, waitingJobs: () => number, warm: Time) {
    this.#standing = standing;
    this.#waitingJobs = waitingJobs;
    this.#warm = warm;
  }

  onStart(run: ObservedRun): void {
    this.#view = run.view;
  }

  onJobSubmitted(): void {
    this.#begun = true;
  }

  onTime(before: Time, now: Time): void {
    const time = now - Math.max(before, this.#warm);
    if (!this.#begun || time <= 0) return;
    const view = this.#view!;
    view.resources.forEach(({ name }, r) => {
      const capacity = view.totalCapacity(r);
      this.#mean(`utilization.${name}`, (capacity - view.totalFree(r)) / capacity, time);
    });
    this.#mean('queue.mean', this.#waitingJobs(), time);
    this.#max('queue.max', this.#waitingJobs());
    this.#mean('queue-tasks.mean', view.queuedTasks, time);
    this.#max('queue-tasks.max', view.queuedTasks);
    const frameworks = Array.from({ length: view.frameworkCount }, (_, f) => f);
    for (const f of frameworks) this.#one(`framework ${f}`, this.#standing(f), time);
    for (let role = 0; role < view.roleCount; role++) {
      const below = frameworks.filter((f) => this.#isWithin(view.roleOf(f), role));
      this.#one(`role ${role}`, this.#sum(below), time);
    }
    this.#fairness(frameworks, time);
  }

  #one(who: string, { used, queued, running }: Standing, time: Time): void {
    const capacity = this.#capacity();
    const shares = used.map((amount, r) => amount / capacity[r]!);
    this.#view!.resources.forEach(({ name }, r) => {
      this.#mean(`${who} share.${name}`, shares[r]!, time);
    });
    this.#mean(`${who} dominant-share.mean`, Math.max(...shares), time);
    const spell = queued > 0 && running === 0 ? (this.#spells.get(`${who} starvation.max`) ?? 0) + time : 0;
    this.#max(`${who} starvation.max`, spell);
    this.#spells.set(`${who} starvation.max`, spell);
  }

  #fairness(frameworks: readonly number[], time: Time): void {
    const view = this.#view!;
    const users = [...new Set(frameworks.map((f) => view.roleOf(f)))].map((role) => {
      const standing = this.#sum(frameworks.filter((f) => view.roleOf(f) === role));
      return { role, weight: this.#weight(role), share: dominantShare(standing.used, this.#capacity()), ...standing };
    });
    const x = users.filter(({ queued }) => queued > 0).map(({ share, weight }) => share / weight);
    if (x.length >= 2) {
      const sum = x.reduce((total, value) => total + value, 0);
      const squares = x.reduce((total, value) => total + value * value, 0);
      this.#mean('fairness.jain', sum === 0 ? 1 : (sum * sum) / (x.length * squares), time);
      this.#mean('fairness.min-max', sum === 0 ? 1 : Math.min(...x) / Math.max(...x), time);
    }
    const active = users.filter(({ running, queued }) => running + queued > 0);
    const everything = active.map(({ demand, weight }) => ({ demand, weight, tasks: 1 }));
    const { shares } = progressiveFilling(this.#capacity(), everything);
    active.forEach(({ role, share }, i) => {
      this.#mean(`deviation of ${role}`, Math.abs(share - shares[i]!), time);
    });
  }

  #sum(frameworks: readonly number[]): Standing {
    const all = frameworks.map((f) => this.#standing(f));
    const add = (of: (standing: Standing) => number) => all.reduce((sum, standing) => sum + of(standing), 0);
    const amounts = this.#view!.resources.map((_, r) => r);
    return {
      used: amounts.map((r) => add(({ used }) => used[r]!)),
      demand: amounts.map((r) => add(({ demand }) => demand[r]!)),
      queued: add(({ queued }) => queued),
      running: add(({ running }) => running),
    };
  }

  #capacity(): number[] {
    return this.#view!.resources.map((_, r) => this.#view!.totalCapacity(r));
  }

  #weight(role: number): number {
    const view = this.#view!;
    return role === NONE ? 1 : view.roleWeight(role) * this.#weight(view.roleParent(role));
  }

  #isWithin(role: number, top: number): boolean {
    return role !== NONE && (role === top || this.#isWithin(this.#view!.roleParent(role), top));
  }

  #mean(name: string, value: number, time: Time): void {
    let mean = this.means.get(name);
    if (mean === undefined) {
      mean = new Mean();
      this.means.set(name, mean);
    }
    mean.add(value, time);
  }

  #max(name: string, value: number): void {
    this.maxima.set(name, Math.max(value, this.maxima.get(name) ?? 0));
  }
}
