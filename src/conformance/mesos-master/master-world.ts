import type { HierarchicalAllocator } from '../../allocators/mesos/hierarchical-allocator.ts';
import { masterParts } from '../../allocators/mesos/master-parts.ts';
import type { TaskOutcome } from '../../allocators/mesos/schedulers/framework-scheduler.ts';
import type { OutsideEvent } from '../../allocators/outside-event.ts';
import { defaultSettings, type Parties } from '../../allocators/parties.ts';
import type { JobId, NodeId, TaskId } from '../../base/ids.ts';
import { Interner } from '../../base/interner.ts';
import { openStream } from '../../base/random.ts';
import { fromSeconds, NEVER, type Time } from '../../base/time.ts';
import { Cluster } from '../../cluster/cluster.ts';
import { Auditor } from '../../simulation/auditor.ts';
import type { JobOutcome } from '../../simulation/job-outcome.ts';
import { Simulation } from '../../simulation/simulation.ts';
import { JobBatch } from '../../workload/job-batch.ts';
import { openAccount, type WorkloadSource } from '../../workload/workload-source.ts';
import { CaseError, type Fields } from '../fields.ts';
import { CountingMaster } from './counting-master.ts';
import { createOptions } from './master-options.ts';
import type { MasterPlan } from './master-plan.ts';
import { ScriptedFramework } from './scripted-framework.ts';

/** A job of nobody who ever registers: while it waits, the master goes on. */
const KEEPER = '(keeper)';

/** Longer than any case. */
const ENDLESS: Time = fromSeconds(1e8);

/** An event without its time. */
type Moment = OutsideEvent extends infer Each ? (Each extends OutsideEvent ? Omit<Each, 'at'> : never) : never;

/** A run of the engine under the master, which a case moves on step by step. */
export class MasterWorld {
  readonly plan: MasterPlan;
  readonly cluster: Cluster;
  readonly master: CountingMaster;
  hierarchy!: HierarchicalAllocator;
  /** By name, of those that have registered. */
  readonly frameworks = new Map<string, ScriptedFramework>();
  /** Names of those that the master listens to. */
  readonly connected = new Set<string>();
  /** By id, of the tasks that were launched or refused. */
  readonly states = new Map<string, string>();
  readonly #simulation: Simulation;
  readonly #frameworkIds = new Interner();
  readonly #ids: readonly string[];
  /** By id in the case: its task; of tasks that have not ended. */
  readonly #rows = new Map<string, TaskId>();
  /** By id: what a task that a case has ended has ended as. */
  readonly #endings = new Map<string, string>();
  /** Nodes that have said goodbye. */
  readonly #gone = new Set<NodeId>();
  #script!: Iterator<Time>;
  #until: Time = 0;

  constructor(plan: MasterPlan, flags: Fields | null, seed: number) {
    this.plan = plan;
    this.#ids = [...plan.tasks.keys()];
    const groups = [...plan.agents].map(([name, total]) => ({ name, count: 1, capacity: [...total], attributes: {} }));
    this.cluster = new Cluster(plan.resources, groups);
    const parties: Parties = {
      framework: (name) => plan.frameworks.get(name)?.settings ?? { ...defaultSettings, registers: NEVER },
      listed: [],
      quotas: new Map(),
    };
    const context = {
      view: this.cluster,
      resources: plan.resources,
      stream: (name: string) => openStream(String(seed), `mesos-master/${name}`),
      parties,
      timed: <T>(work: () => T) => work(),
      placement: () => {
        throw new CaseError('a master places nothing');
      },
    };
    const parts = masterParts(createOptions(flags), context);
    this.master = new CountingMaster({
      ...parts,
      openAllocator: (clock, listener) => {
        this.hierarchy = parts.openAllocator(clock, listener);
        return this.hierarchy;
      },
      openScheduler: ({ name }, { driver }) => {
        const scheduler = new ScriptedFramework(driver, (...ended) => this.#noteEnd(name, ...ended));
        this.frameworks.set(name, scheduler);
        return { scheduler, refusal: fromSeconds(5), think: 0, suppresses: false };
      },
    });
    const names = [...plan.frameworks.keys(), KEEPER];
    for (const name of names) this.#frameworkIds.id(name);
    this.#simulation = new Simulation({
      cluster: this.cluster,
      frameworks: this.#frameworkIds,
      roleOf: (name) => plan.frameworks.get(name)?.role ?? KEEPER,
      initialFrameworks: names,
      sources: [this.#source()],
      allocator: this.master,
      observers: [
        new Auditor(),
        { onJobSubmitted: (_, job) => this.#noteRow(job), onJobEnded: (_, job) => this.#noteJob(job) },
      ],
      pacer: { turn: ({ rounds }) => (rounds > 0 ? this.#turn() : 1) },
      // Agents are there from the start, but down until they register.
      events: groups.map((_, node) => ({ at: 0, what: 'node', nodes: [node], state: 'down' })),
    });
  }

  get now(): Time {
    return this.cluster.now;
  }

  /** Runs a script, which gives the time up to which the run is to go on each time that it stops. */
  async play(script: Iterator<Time>): Promise<void> {
    this.#script = script;
    await this.#simulation.run();
  }

  /** Has something happen in the next pass. */
  happen(moment: Moment): void {
    this.#simulation.happen({ ...moment, at: this.now });
  }

  node(name: string): NodeId {
    const node = [...this.plan.agents.keys()].indexOf(name);
    if (node < 0) throw new CaseError(`there is no agent ${name}`);
    return node;
  }

  framework(name: string): ScriptedFramework {
    const found = this.frameworks.get(name);
    if (found === undefined) throw new CaseError(`framework ${name} has not subscribed`);
    return found;
  }

  frameworkId(name: string): number {
    return this.#frameworkIds.find(name);
  }

  isAware(framework: string): boolean {
    return this.plan.frameworks.get(framework)?.settings.capabilities?.includes('PARTITION_AWARE') === true;
  }

  /** The task of that id, or undefined if it can never run or has ended. */
  row(id: string): TaskId | undefined {
    return this.#rows.get(id);
  }

  /** How a task stands; undefined before it was launched. */
  stateOf(id: string): string | undefined {
    const state = this.states.get(id);
    const row = this.#rows.get(id);
    if (state !== 'TASK_RUNNING' || row === undefined || !this.cluster.isRunning(row)) return state;
    if (this.master.knows(this.cluster.nodeOf(row))) return state;
    return this.isAware(this.plan.tasks.get(id)!.framework) ? 'TASK_UNREACHABLE' : 'TASK_LOST';
  }

  /** The agent says goodbye. */
  sayGoodbye(node: NodeId): void {
    this.#gone.add(node);
    this.master.giveUpNode(node);
  }

  returned(node: NodeId): void {
    this.#gone.delete(node);
  }

  /** Has a task end that runs. */
  end(id: string, state: string): void {
    const row = this.#rows.get(id);
    if (row === undefined || !this.cluster.isRunning(row)) throw new CaseError(`task ${id} does not run`);
    this.#endings.set(id, state);
    this.master.end(this.cluster.jobOf(row));
  }

  /** Goes on with the script when the time has come that it waits for. */
  #turn(): number {
    if (this.now < this.#until) return 1;
    const next = this.#script.next();
    if (next.done) return 0;
    this.#until = next.value;
    // Nothing happens, but there is a pass at that time.
    this.#simulation.happen({ at: this.#until, what: 'node', nodes: [], state: 'up' });
    return 1;
  }

  /** All tasks wait from the start on, each a job of its own, and run without an end. */
  #source(): WorkloadSource {
    const batch = new JobBatch(this.plan.resources.length);
    const add = (name: string, framework: string, demand: ArrayLike<number>) => {
      batch.addJob(name, this.#frameworkIds.id(framework), 0);
      batch.addTask(ENDLESS, demand);
    };
    for (const [id, { framework, demand }] of this.plan.tasks) add(id, framework, demand);
    add(KEEPER, KEEPER, new Float64Array(this.plan.resources.length));
    return {
      name: 'case',
      account: openAccount('case', 'inline'),
      async *batches() {
        yield batch;
      },
    };
  }

  #noteRow(job: JobId): void {
    const id = this.#ids[this.cluster.submission(job)];
    if (id !== undefined) this.#rows.set(id, this.cluster.firstTask(job));
  }

  #noteEnd(framework: string, task: TaskId, node: NodeId, outcome: TaskOutcome): void {
    const found = [...this.#rows].find(([, row]) => row === task);
    if (found === undefined) return;
    const [id] = found;
    const ended = this.#endings.get(id) ?? 'TASK_FINISHED';
    this.states.set(id, outcome === 'lost' ? this.#lossOn(node, framework) : ended);
  }

  /** Frameworks that are not partition aware know one kind of loss; so does who has no checkpoints, or was told goodbye. */
  #lossOn(node: NodeId, framework: string): string {
    const { checkpoint } = this.plan.frameworks.get(framework)!.settings;
    if (!this.isAware(framework) || !checkpoint || this.#gone.has(node)) return 'TASK_LOST';
    return this.cluster.nodeState(node) === 'up' ? 'TASK_DROPPED' : 'TASK_UNREACHABLE';
  }

  #noteJob({ name, status, reason }: JobOutcome): void {
    const id = String(name);
    const isKilled = status === 'failed' && reason === 'its framework was removed';
    if (isKilled && this.states.get(id) === 'TASK_RUNNING') this.states.set(id, 'TASK_KILLED');
  }
}
