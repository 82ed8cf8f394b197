import { grown } from '../base/grow.ts';
import type { FrameworkId } from '../base/ids.ts';
import { type Time, toSeconds } from '../base/time.ts';
import type { ClusterView } from '../cluster/view.ts';
import { FactKind, type FactLog } from '../simulation/fact-log.ts';
import type { ObservedRun } from '../simulation/observer.ts';
import type { Metric, MetricDefinition, MetricValue } from './metric.ts';

/** How long newcomers take to what is theirs. */
export const rampUp: MetricDefinition = {
  name: 'ramp-up',
  parts: ['mean', 'max'],
  unit: 's',
  better: 'lower',
  scopes: ['run', 'framework'],
  summary:
    'time from the first submission of a framework until it has its share for the first time, or all it asks for',
  formula:
    'min{t: dominant share + that of its task last started > weight of its role / weights of the roles with tasks, or queued = 0} - first submit',
  source: 'Hindman et al., Mesos, NSDI 2011, section 4.2',
  edges:
    'of the whole run; the weight of a role is shared evenly by its frameworks with tasks; frameworks that never got there are left out; null where nobody did; absent under policies of one level',
  create: () => new RampUp(),
};

/** What is known of one framework. */
interface Standing {
  readonly since: Time;
  queued: number;
  running: number;
  readonly used: Float64Array;
  took: Time | null;
}

class RampUp implements Metric {
  readonly #standings: (Standing | undefined)[] = [];
  #isTwoLevel = false;
  #view!: ClusterView;
  #capacity = new Float64Array(0);
  /** By role: how many of its frameworks have tasks. */
  #active = new Int32Array(0);
  #weights = 0;

  onStart({ view, isTwoLevel }: ObservedRun): void {
    this.#isTwoLevel = isTwoLevel;
    this.#view = view;
    this.#capacity = Float64Array.from(view.resources, (_, r) => view.totalCapacity(r));
  }

  readFacts(facts: FactLog): void {
    if (!this.#isTwoLevel) return;
    for (let row = 0; row < facts.count; row++) this.#read(facts, row);
  }

  #read(facts: FactLog, row: number): void {
    const framework = facts.framework[row]!;
    switch (facts.kind[row]) {
      case FactKind.capacity:
        for (let r = 0; r < this.#capacity.length; r++) this.#capacity[r] = facts.amount[row * facts.resources + r]!;
        break;
      case FactKind.submitted:
      case FactKind.ready:
        this.#change(framework, facts.time[row]!, facts.position[row]!, 0);
        break;
      case FactKind.started:
        this.#change(framework, facts.time[row]!, -1, 1);
        this.#use(facts, row, 1);
        this.#look(facts, row);
        break;
      case FactKind.preempted:
      case FactKind.lost:
        this.#change(framework, facts.time[row]!, 1, -1);
        this.#use(facts, row, -1);
        break;
      case FactKind.ended:
        this.#change(framework, facts.time[row]!, 0, -1);
        this.#use(facts, row, -1);
        break;
      case FactKind.withdrawn:
        this.#change(framework, facts.time[row]!, -1, 0);
        break;
      default:
    }
  }

  #change(framework: FrameworkId, time: Time, queued: number, running: number): void {
    let standing = this.#standings[framework];
    if (standing === undefined) {
      standing = { since: time, queued: 0, running: 0, used: new Float64Array(this.#capacity.length), took: null };
      this.#standings[framework] = standing;
    }
    const before = standing.queued + standing.running > 0;
    standing.queued += queued;
    standing.running += running;
    const after = standing.queued + standing.running > 0;
    if (before !== after) this.#count(framework, after ? 1 : -1);
  }

  /** Counts a framework among those of its role that have tasks, or no longer. */
  #count(framework: FrameworkId, by: 1 | -1): void {
    const role = this.#view.roleOf(framework);
    if (role >= this.#active.length) this.#active = grown(this.#active, role + 1);
    const before = this.#active[role]!;
    this.#active[role] = before + by;
    if (before === 0) this.#weights += this.#view.roleWeight(role);
    else if (before + by === 0) this.#weights -= this.#view.roleWeight(role);
  }

  #use(facts: FactLog, row: number, sign: 1 | -1): void {
    const { used } = this.#standings[facts.framework[row]!]!;
    for (let r = 0; r < used.length; r++) used[r] = used[r]! + sign * facts.amount[row * facts.resources + r]!;
  }

  #look(facts: FactLog, row: number): void {
    const framework = facts.framework[row]!;
    const standing = this.#standings[framework]!;
    if (standing.took !== null) return;
    const role = this.#view.roleOf(framework);
    const due = this.#view.roleWeight(role) / this.#weights / this.#active[role]!;
    let share = 0;
    for (let r = 0; r < standing.used.length; r++) {
      const next = standing.used[r]! + facts.amount[row * facts.resources + r]!;
      if (this.#capacity[r]! > 0) share = Math.max(share, next / this.#capacity[r]!);
    }
    if (standing.queued === 0 || share > due) standing.took = facts.time[row]! - standing.since;
  }

  values(): readonly MetricValue[] {
    return this.#of(this.#standings.flatMap((standing) => standing?.took ?? []));
  }

  frameworkValues(framework: FrameworkId): readonly MetricValue[] {
    const took = this.#standings[framework]?.took ?? null;
    return this.#of(took === null ? [] : [took]);
  }

  #of(took: readonly Time[]): readonly MetricValue[] {
    if (!this.#isTwoLevel) return [];
    const sum = took.reduce((total, one) => total + one, 0);
    return [
      { name: 'ramp-up.mean', value: took.length === 0 ? null : toSeconds(sum / took.length) },
      { name: 'ramp-up.max', value: took.length === 0 ? null : toSeconds(took.reduce((a, b) => Math.max(a, b), 0)) },
    ];
  }
}
