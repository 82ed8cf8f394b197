import { ScenarioError } from '../../base/errors.ts';
import { type JobId, NONE, type TaskId } from '../../base/ids.ts';
import type { OptionReader } from '../../base/options.ts';
import type { Time } from '../../base/time.ts';
import type { ClusterView } from '../../cluster/view.ts';
import { loadSolver } from '../../optimization/load-solver.ts';
import type { Solver } from '../../optimization/solver.ts';
import type { Allocator, AllocatorContext, Decisions } from '../allocator.ts';
import { PolicyFactKind } from '../policy-fact.ts';
import type { PreemptionRule } from '../preemption.ts';
import { preemptionRule } from '../preemption-options.ts';
import type { WaitingReason } from '../waiting-reason.ts';
import { divisions } from './divide-time.ts';
import { isolatedShares, isolatedThroughputs } from './equal-split.ts';
import { type Candidate, type Seat, seatRound } from './seats.ts';
import type { TimeFacts } from './time-facts.ts';
import type { TimePolicy } from './time-policies.ts';
import { NoSolution, type TimeProblem } from './time-problem.ts';
import { type Unit, Units } from './units.ts';
import { upNodes, type WorkerType, workerResource, workerTypes } from './worker-types.ts';

/** A job of less weight counts as one of this. */
const LEAST_WEIGHT = 1e-3;
/** A type costs at least so much, so that what is free is better than what is not, and all of it is worth something. */
const LEAST_PRICE = 1e-6;
/** What a fraction of time that none was received of is multiplied with. */
const UNSEEN = 1e9;

interface Settings {
  readonly policy: TimePolicy;
  readonly inner: 'fairness' | 'fifo';
  readonly round: Time;
  readonly minReset: Time;
  readonly preemption: PreemptionRule;
}

/**
 * Divides time on unlike nodes by a linear program, and gives each job its fractions in rounds.
 *
 * A round begins when something waits and none is on, and lasts `round`, or until nothing runs any more. Between two
 * rounds what runs on goes on where it is; what is not seated again is preempted.
 */
class Gavel implements Allocator {
  readonly name = 'gavel';
  readonly preemption: PreemptionRule;
  readonly #view: ClusterView;
  readonly #context: AllocatorContext;
  readonly #solver: Solver;
  readonly #settings: Settings;
  readonly #types: readonly WorkerType[];
  readonly #resource: number;
  readonly #units: Units;
  /** Jobs came or went, or nodes changed, since the last division. */
  #changed = false;
  /** When time was divided last, and when the round that is on began and is to end. */
  #divided: Time = Number.NEGATIVE_INFINITY;
  #began: Time = Number.NEGATIVE_INFINITY;
  #ends: Time = Number.NEGATIVE_INFINITY;
  /** Something came, went or was lost since the round began. */
  #moved = false;

  constructor(solver: Solver, settings: Settings, context: AllocatorContext) {
    this.#solver = solver;
    this.#settings = settings;
    this.#context = context;
    this.#view = context.view;
    this.preemption = settings.preemption;
    this.#types = workerTypes(context.view);
    this.#resource = workerResource(context.view, context.resources);
    this.#units = new Units(context.view, this.#resource, this.#types.length);
  }

  onJobQueued(job: JobId): void {
    this.#units.enter(job, this.#view.firstTask(job), this.#view.taskCount(job));
    this.#note();
  }

  onTasksReady(job: JobId, first: TaskId, count: number): void {
    this.#units.enter(job, first, count);
    this.#note();
  }

  onTaskEnded(task: TaskId, job: JobId): void {
    if (this.#units.taskEnded(task, job)) this.#note();
    this.#moved = true;
  }

  onJobEnded(job: JobId): void {
    if (this.#units.jobEnded(job)) this.#note();
  }

  onTaskPreempted(): void {
    this.#moved = true;
  }

  onNodeChanged(): void {
    this.#note();
  }

  allocate(view: ClusterView, decide: Decisions): void {
    if (this.#units.size === 0) return;
    const { now } = view;
    const isIdle = view.runningTasks === 0 && (now > this.#began || this.#moved);
    if (now < this.#ends && !isIdle) return;
    this.#credit();
    this.#began = now;
    this.#ends = now + this.#settings.round;
    this.#moved = false;
    this.#divide(decide);
    this.#seat(seatRound(view, this.#units, this.#types, this.#candidates()), decide);
    decide.wakeAt(this.#ends);
  }

  whyWaiting(job: JobId): WaitingReason | null {
    const view = this.#view;
    const first = view.isGang(job) ? view.firstTask(job) : view.firstQueuedTask(job);
    const unit = this.#units.all().find(({ task }) => task === first);
    if (unit === undefined) return null;
    if (unit.share === null && !unit.isSpread) return { kind: 'next-pass', at: this.#ends, what: 'round' };
    return { kind: 'no-seat', share: (unit.share ?? []).reduce((sum, share) => sum + share, 0), at: this.#ends };
  }

  #note(): void {
    this.#changed = true;
    this.#moved = true;
  }

  /** Writes down the time that units have had in the round that is over. */
  #credit(): void {
    for (const unit of this.#units.all()) {
      if (!this.#units.isRunning(unit)) continue;
      if (unit.type !== NONE) unit.received[unit.type]! += this.#view.now - unit.since;
      unit.since = this.#view.now;
    }
  }

  /** Divides time anew if jobs have changed and the last division has held long enough, or is of none of them. */
  #divide(decide: Decisions): void {
    const { now } = this.#view;
    const units = this.#units.all();
    const isKnown = units.some(({ share }) => share !== null);
    if (!this.#changed || (isKnown && now - this.#divided < this.#settings.minReset)) return;
    const types = this.#types;
    const rates = units.map((unit) => this.#units.rates(unit, types));
    const alone = units.filter((_, i) => rates[i]!.some((rate) => rate > 0));
    const problem: TimeProblem = {
      throughputs: rates.filter((row) => row.some((rate) => rate > 0)),
      counts: types.map((type) => this.#workersOf(type)),
      scales: alone.map(({ scale }) => scale),
    };
    const shares = alone.length === 0 ? [] : this.#solve(problem, this.#facts(alone, problem), decide);
    const elapsed = now - this.#divided;
    for (const unit of units) {
      if (unit.share !== null) {
        for (const [t, share] of unit.share.entries()) unit.deficit[t]! += share * elapsed - this.#sinceReset(unit, t);
      }
      unit.received.fill(this.#settings.round / 2);
      unit.share = null;
      unit.isSpread = false;
    }
    for (const [i, unit] of alone.entries()) unit.share = shares[i]!;
    for (const [i, unit] of units.entries()) unit.isSpread = rates[i]!.every((rate) => rate === 0);
    this.#divided = now;
    this.#changed = false;
  }

  /** Time on a type since the last division, without the half round that each begins with. */
  #sinceReset(unit: Unit, type: number): Time {
    return unit.received[type]! - this.#settings.round / 2;
  }

  #workersOf(type: WorkerType): number {
    const { scale } = this.#view.resources[this.#resource]!;
    return upNodes(this.#view, type).reduce((sum, node) => sum + this.#view.capacity(node, this.#resource) / scale, 0);
  }

  #solve(problem: TimeProblem, facts: TimeFacts, decide: Decisions): readonly (readonly number[])[] {
    const record = (kind: number): void => {
      decide.record({ kind, framework: NONE, node: NONE, length: 0, count: 1 });
    };
    try {
      const shares = this.#context.timed(() => divisions[this.#settings.policy](this.#solver, problem, facts));
      record(PolicyFactKind.solved);
      return shares;
    } catch (error) {
      if (!(error instanceof NoSolution)) throw error;
      record(PolicyFactKind.solverFailed);
      return isolatedShares(problem);
    }
  }

  /** What the policy goes by; keeps how much of its time alone each unit's work was worth. */
  #facts(units: readonly Unit[], problem: TimeProblem): TimeFacts {
    const view = this.#view;
    const alone = isolatedThroughputs(problem);
    const work = units.map((unit) => this.#units.work(unit));
    const roles = [...new Set(units.map(({ job }) => view.roleOf(view.frameworkOf(job))))].sort((a, b) => a - b);
    for (const [j, unit] of units.entries()) {
      if (unit.aloneRate > 0) unit.aloneTime += Math.max(0, work[j]!.done - unit.workBefore) / unit.aloneRate;
      unit.aloneRate = alone[j]!;
      unit.workBefore = work[j]!.done;
    }
    return {
      weights: units.map(({ job }) => Math.max(LEAST_WEIGHT, view.weight(job))),
      work: work.map(({ left }) => left),
      finish: units.map((unit, j) => ({
        age: view.now - view.submitTime(unit.job),
        work: work[j]!.left,
        alone: unit.aloneTime + work[j]!.left / alone[j]!,
      })),
      prices: this.#types.map(({ price }) => Math.max(LEAST_PRICE, price)),
      entities: {
        weights: roles.map((role) => view.roleWeight(role)),
        of: units.map(({ job }) => roles.indexOf(view.roleOf(view.frameworkOf(job)))),
        inner: this.#settings.inner,
      },
    };
  }

  /** Each unit and type of which it is to have time, by how far it lags behind. */
  #candidates(): Candidate[] {
    const units = this.#units.all();
    const given = this.#types.map((_, t) =>
      units.reduce((sum, unit) => sum + (unit.share !== null ? unit.received[t]! : 0), 0),
    );
    return units.flatMap((unit): Candidate[] => {
      if (unit.isSpread) return [{ unit, type: NONE, priority: UNSEEN, deficit: -unit.since, share: 0 }];
      return (unit.share ?? []).flatMap((share, type) => {
        if (share <= 0) return [];
        const part = unit.received[type]! / given[type]!;
        const priority = part > 0 ? share / part : share * UNSEEN;
        return [{ unit, type, priority, deficit: unit.deficit[type]!, share }];
      });
    });
  }

  #seat(seats: readonly Seat[], decide: Decisions): void {
    const { now } = this.#view;
    const staying = new Set(seats.filter(({ stays }) => stays).map(({ unit }) => unit));
    for (const unit of this.#units.all()) {
      if (this.#units.isRunning(unit) && !staying.has(unit)) decide.preempt(this.#units.tasksOf(unit)[0]!);
    }
    for (const { unit, type, nodes, stays } of seats) {
      if (stays) continue;
      unit.type = type;
      unit.since = now;
      if (this.#view.isGang(unit.job)) decide.launchGang(unit.job, nodes);
      else decide.launch(unit.task, nodes[0]!);
    }
    this.#moved = false;
  }
}

/**
 * Makes an allocator of these options, with the solver.
 *
 * @throws ScenarioError if a round is too short for one checkpoint.
 */
export async function openGavel(options: OptionReader, context: AllocatorContext): Promise<Allocator> {
  const settings: Settings = {
    policy: options.text('policy') as TimePolicy,
    inner: options.text('inner') as 'fairness' | 'fifo',
    round: options.duration('round')!,
    minReset: options.duration('min-reset')!,
    preemption: preemptionRule(options)!,
  };
  refuseWithoutProgress(settings);
  return new Gavel(await loadSolver(), settings, context);
}

/** @throws ScenarioError if a round is too short for one checkpoint: what needs longer would begin again for ever. */
function refuseWithoutProgress({ preemption, round }: Settings): void {
  if (preemption.kind !== 'checkpoint' || preemption.interval + preemption.cost <= round) return;
  const message =
    'a round must be long enough for one checkpoint: `checkpoint-interval` and `checkpoint-cost` together are longer than `round`';
  throw new ScenarioError([{ path: 'allocator.round', message }]);
}
