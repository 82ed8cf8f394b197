import { ScenarioError } from '../../base/errors.ts';
import type { JobId, NodeId, TaskId } from '../../base/ids.ts';
import { NONE } from '../../base/ids.ts';
import type { OptionReader } from '../../base/options.ts';
import type { ClusterView } from '../../cluster/view.ts';
import { loadSolver } from '../../optimization/load-solver.ts';
import type { Solver } from '../../optimization/solver.ts';
import type { Allocator, AllocatorContext, Decisions } from '../allocator.ts';
import { JobStarter } from '../job-starter.ts';
import { PolicyFactKind } from '../policy-fact.ts';
import type { WaitingReason } from '../waiting-reason.ts';
import { aboveCeiling } from './above-ceiling.ts';
import { fairPlan } from './fair-plan.ts';
import { GuidedFilling } from './guided-filling.ts';
import { GuidedPlacement } from './guided-placement.ts';
import { LaunchRoom, type LaunchTools } from './launch-room.ts';
import { type LpSettings, readLpSettings } from './lp-settings.ts';
import { NodeIndex } from './node-index.ts';
import { PassTimes } from './pass-times.ts';
import { PlainRoom } from './plain-room.ts';
import { type PlanProblem, worthOf } from './plan-problem.ts';
import { type PosedProblem, poseProblem } from './pose-problem.ts';
import { roundPlan, topUp } from './round-plan.ts';
import { RunningKinds } from './running-kinds.ts';
import { type Plan, solvePlan, solveWholePlan } from './solve-plan.ts';
import { TaskIndex } from './task-index.ts';

/** Plans all queued tasks over all nodes at once, by linear programs, and starts what the plan says in whole tasks. */
export class LpWeighted implements Allocator {
  readonly name = 'lp-weighted';
  readonly #view: ClusterView;
  readonly #context: AllocatorContext;
  readonly #settings: LpSettings;
  readonly #solver: Solver;
  readonly #index: TaskIndex;
  readonly #nodes: NodeIndex;
  readonly #running = new RunningKinds();
  readonly #times: PassTimes;
  readonly #tools: LaunchTools;
  readonly #guide: GuidedPlacement;
  /** Of plans by max-min. */
  readonly #filling: GuidedFilling | null;
  #hasChanged = true;

  constructor(solver: Solver, settings: LpSettings, placement: string, context: AllocatorContext) {
    const { view } = context;
    this.#view = view;
    this.#context = context;
    this.#settings = settings;
    this.#solver = solver;
    this.#index = new TaskIndex(view);
    this.#nodes = new NodeIndex(view);
    this.#times = new PassTimes(settings.interval, settings.debounce);
    const where = context.placement(placement);
    const starter = new JobStarter(view, where);
    this.#guide = new GuidedPlacement(view, this.#index, where);
    const isFair = settings.objective === 'max-min';
    this.#filling = isFair ? new GuidedFilling(view, new JobStarter(view, this.#guide)) : null;
    this.#tools = { view, index: this.#index, starter, placement: where, byPrice: settings.objective === 'cost' };
  }

  onJobQueued(job: JobId): void {
    this.#hasChanged = true;
    this.#index.queueJob(job);
    this.#filling?.changed(this.#view.frameworkOf(job));
  }

  onTasksReady(job: JobId, first: TaskId, count: number): void {
    this.#hasChanged = true;
    for (let task = first; task < first + count; task++) this.#index.queueTask(task, job);
    this.#filling?.changed(this.#view.frameworkOf(job));
  }

  onTaskStarted(task: TaskId, _job: JobId, node: NodeId): void {
    const kind = this.#index.kindOf(task);
    if (this.#settings.stickiness > 0 && kind !== undefined) {
      this.#running.start(task, kind.key, this.#view.nodeClass(node));
    }
    this.#index.leave(task);
  }

  onTaskPreempted(task: TaskId, job: JobId, node: NodeId): void {
    this.onTaskEnded(task, job, node);
    this.#index.queueTask(task, job);
  }

  onTaskEnded(task: TaskId, job: JobId, node: NodeId): void {
    this.#hasChanged = true;
    this.#filling?.changed(this.#view.frameworkOf(job));
    if (this.#settings.stickiness > 0) this.#running.end(task, this.#view.nodeClass(node));
  }

  onNodeChanged(): void {
    this.#hasChanged = true;
    this.#filling?.countCapacity();
  }

  allocate(view: ClusterView, decide: Decisions): void {
    if (view.queuedTasks === 0 || !this.#hasChanged || !this.#times.isDue(view.now, decide)) return;
    this.#hasChanged = view.unevenGangs > 0;
    const posed = poseProblem(
      view,
      this.#index,
      this.#nodes.list(),
      this.#context.parties,
      this.#settings,
      (kind, on) => this.#running.has(kind.key, on),
    );
    if (this.#filling === null) this.#launch(posed, decide);
    else {
      this.#guide.follow(posed, this.#fairCells(posed, decide));
      this.#filling.fill(decide);
    }
  }

  whyWaiting(job: JobId): WaitingReason | null {
    const { next } = this.#times;
    if (next !== null) return { kind: 'next-pass', at: next, what: 'interval' };
    const { ceiling, rounding, objective } = this.#settings;
    if (objective === 'max-min') return null;
    const above = aboveCeiling(this.#view, this.#context.parties, ceiling, job);
    return above ?? (rounding === 'floor' && this.#view.runningTasks > 0 ? { kind: 'left-out' } : null);
  }

  #launch(posed: PosedProblem, decide: Decisions): void {
    const room = new LaunchRoom(this.#tools, decide, posed);
    const plan = this.#plan(posed.problem, decide);
    if (plan === null) topUp(posed.problem.tasks, room);
    else roundPlan(posed.problem, plan, room, this.#settings.rounding !== 'floor' || this.#view.runningTasks === 0);
    if (posed.tasks.length > posed.problem.tasks.length) topUp(posed.tasks, room);
    for (const job of this.#index.unlikeGangs()) this.#tools.starter.startNext(job, decide);
  }

  /** Gives the cells of the best plan, or null where the solver has none. */
  #plan(problem: PlanProblem, decide: Decisions): Float64Array | null {
    if (problem.nodes.length === 0) return null;
    const plan = this.#context.timed(() => this.#solve(problem));
    if (plan === null) {
      this.#record(decide, PolicyFactKind.solverFailed, 1);
      return null;
    }
    this.#record(decide, PolicyFactKind.solved, plan.solves);
    if (plan.misses) this.#record(decide, PolicyFactKind.floorMissed, 1);
    return plan.cells;
  }

  /** Where tasks go for shares as equal as they can be; null where there is one node, or no answer. */
  #fairCells(posed: PosedProblem, decide: Decisions): Float64Array | null {
    if (posed.nodes.length === 0 || (posed.nodes.length === 1 && posed.nodes[0]!.length === 1)) return null;
    const plan = this.#context.timed(() => fairPlan(this.#solver, this.#view, posed));
    if (plan === null) this.#record(decide, PolicyFactKind.solverFailed, 1);
    else this.#record(decide, PolicyFactKind.solved, plan.solves);
    return plan?.cells ?? null;
  }

  #solve(problem: PlanProblem): Plan | null {
    const { rounding, mipNodes } = this.#settings;
    const objective = this.#settings.objective as 'cost';
    const plan = solvePlan(this.#solver, problem, objective);
    if (plan.status !== 'planned') return null;
    if (rounding !== 'mip') return plan;
    const whole = solveWholePlan(this.#solver, problem, objective, mipNodes);
    const solves = plan.solves + (whole.status === 'planned' ? whole.solves : 1);
    return { ...(whole.status === 'planned' ? better(problem, plan, whole) : plan), solves };
  }

  #record(decide: Decisions, kind: number, count: number): void {
    decide.record({ kind, framework: NONE, node: NONE, length: 0, count });
  }
}

/** Of a plan in whole tasks, which a search may have left half done, and a mended one: that of more value. */
function better(problem: PlanProblem, plan: Plan, whole: Plan): Plan {
  const mended = new PlainRoom(problem);
  roundPlan(problem, plan.cells, mended, true);
  return worthOf(problem, whole.cells) >= worthOf(problem, mended.cells) ? whole : plan;
}

/** @throws ScenarioError where options do not go together. */
function refuse({ objective, floor, ceiling }: LpSettings): void {
  if (objective !== 'max-min') return;
  const bounds = Object.entries({ floor, ceiling }).filter(([, bound]) => bound !== 'none');
  if (bounds.length === 0) return;
  const message = 'does not go with `objective: max-min`, under which no role has less than its part of the weights';
  throw new ScenarioError(bounds.map(([key]) => ({ path: `allocator.${key}`, message })));
}

/**
 * Makes an allocator of these options, with the solver.
 *
 * @throws ScenarioError where options do not go together.
 */
export async function openLpWeighted(options: OptionReader, context: AllocatorContext): Promise<Allocator> {
  const settings = readLpSettings(options);
  refuse(settings);
  return new LpWeighted(await loadSolver(), settings, options.text('placement'), context);
}
