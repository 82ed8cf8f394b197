import type { Decisions } from '../allocators/allocator.ts';
import type { PolicyFact } from '../allocators/policy-fact.ts';
import { AllocatorError } from '../base/errors.ts';
import { type JobId, NONE, type NodeId, type TaskId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { TaskLife } from './task-life.ts';

/** What a desk is made with. */
export interface DecisionDeskParts {
  /** The allocator's name, for errors. */
  readonly allocator: string;
  readonly cluster: Cluster;
  readonly life: TaskLife;
  /** Asks for a pass at that time. */
  readonly wakeAt: (time: Time) => void;
  readonly giveUp: (job: JobId, reason: string) => void;
  readonly tell: (fact: PolicyFact) => void;
}

/** Checks what an allocator decides and has it done at once; the only way from an allocator to the cluster. */
export class DecisionDesk implements Decisions {
  readonly #allocator: string;
  readonly #cluster: Cluster;
  readonly #life: TaskLife;
  readonly #wakeAt: (time: Time) => void;
  readonly #giveUp: (job: JobId, reason: string) => void;
  readonly #tell: (fact: PolicyFact) => void;
  #launches = 0;
  #wokenAt: Time = Number.NaN;
  #launchesWhenWoken = -1;

  constructor({ allocator, cluster, life, wakeAt, giveUp, tell }: DecisionDeskParts) {
    this.#allocator = allocator;
    this.#cluster = cluster;
    this.#life = life;
    this.#wakeAt = wakeAt;
    this.#giveUp = giveUp;
    this.#tell = tell;
  }

  /** Tasks launched so far. */
  get launches(): number {
    return this.#launches;
  }

  launch(task: TaskId, node: NodeId, share?: number, speed = 1): void {
    this.#checkAlone(task);
    if (!(speed > 0 && speed < Number.POSITIVE_INFINITY))
      this.#refuse(`${this.#name(task)} was given a speed of ${speed}`);
    if (share === undefined) this.#check(task, node);
    else if (speed !== 1) this.#refuse(`${this.#name(task)} was given a share and a speed`);
    else this.#checkFluid(task, node, share);
    this.#start(task, node, share, speed * this.#cluster.speedOn(task, node));
  }

  launchOnDevice(task: TaskId, node: NodeId, device: number): void {
    this.#checkAlone(task);
    this.#check(task, node, device);
    this.#start(task, node, undefined, this.#cluster.speedOn(task, node), device);
  }

  launchGang(job: JobId, nodes: readonly NodeId[], share?: number, devices?: readonly number[]): void {
    const cluster = this.#cluster;
    const tasks: TaskId[] = [];
    for (let task = cluster.firstQueuedTask(job); task !== NONE; task = cluster.nextQueuedTask(task)) tasks.push(task);
    if (tasks.length === 0) this.#refuse(`no task of job ${cluster.jobs.name[job]} is queued`);
    if (nodes.length !== tasks.length)
      this.#refuse(`a gang of ${tasks.length} tasks was launched on ${nodes.length} nodes`);
    try {
      for (const [i, task] of tasks.entries()) {
        if (share !== undefined) this.#checkFluid(task, nodes[i]!, share);
        else {
          const device = deviceAt(devices, i);
          this.#check(task, nodes[i]!, device);
          cluster.trial.take(task, nodes[i]!, device);
        }
      }
    } finally {
      cluster.trial.rollback();
    }
    // Its tasks wait for one another, so that all go at the pace of the slowest.
    const pace = Math.min(...tasks.map((task, i) => cluster.speedOn(task, nodes[i]!)));
    for (const [i, task] of tasks.entries()) this.#start(task, nodes[i]!, share, pace, deviceAt(devices, i));
  }

  preempt(task: TaskId): void {
    const cluster = this.#cluster;
    if (!cluster.isRunning(task)) this.#refuse(`${this.#name(task)} was preempted, but does not run`);
    if (cluster.isFluid(task)) this.#refuse(`${this.#name(task)} runs at a share; setRate can stop it`);
    const job = cluster.jobOf(task);
    if (!cluster.isGang(job)) {
      this.#life.preempt(task);
      return;
    }
    const first = cluster.firstTask(job);
    for (let i = 0; i < cluster.taskCount(job); i++) if (cluster.isRunning(first + i)) this.#life.preempt(first + i);
  }

  setRate(task: TaskId, share: number): void {
    if (!this.#cluster.isFluid(task)) this.#refuse(`${this.#name(task)} was not launched with a share`);
    this.#checkShare(task, share);
    this.#life.setShare(task, share);
  }

  fail(job: JobId, reason: string): void {
    const cluster = this.#cluster;
    const first = cluster.firstTask(job);
    for (let task = first; task < first + cluster.taskCount(job); task++) {
      if (cluster.isFluid(task)) this.#refuse(`${this.#name(task)} runs at a share and cannot be given up`);
    }
    this.#giveUp(job, reason);
  }

  record(fact: PolicyFact): void {
    this.#tell(fact);
  }

  wakeAt(time: Time): void {
    const { now } = this.#cluster;
    if (!(time >= now)) this.#refuse(`asked to be woken at ${time} us, but it is ${now} us`);
    if (time === now) {
      if (this.#wokenAt === now && this.#launchesWhenWoken === this.#launches) {
        this.#refuse(`asked for a pass at once twice running without launching anything, at ${now} us`);
      }
      this.#wokenAt = now;
      this.#launchesWhenWoken = this.#launches;
    }
    this.#wakeAt(Math.ceil(time));
  }

  #start(task: TaskId, node: NodeId, share: number | undefined, speed: number, device?: number): void {
    this.#launches++;
    if (share === undefined) this.#life.start(task, node, speed, device);
    else this.#life.startFluid(task, node, share, speed);
  }

  /** A queued task that may start without others. */
  #checkAlone(task: TaskId): void {
    if (!this.#cluster.isQueued(task)) this.#refuse(`${this.#name(task)} is not queued`);
    const job = this.#cluster.jobOf(task);
    if (this.#cluster.isGang(job) && this.#cluster.taskCount(job) > 1) {
      this.#refuse(`${this.#name(task)} belongs to a gang; launchGang starts all of it or nothing`);
    }
  }

  #checkShare(task: TaskId, share: number): void {
    if (!(share >= 0 && share <= 1)) this.#refuse(`${this.#name(task)} was given a share of ${share}`);
  }

  /** Whether there is room for it shows at the end of the pass, when all shares are known. */
  #checkFluid(task: TaskId, node: NodeId, share: number): void {
    const cluster = this.#cluster;
    this.#checkShare(task, share);
    this.#checkNode(task, node);
    const mayRun = cluster.classSatisfies(cluster.nodeClass(node), cluster.constraint(task));
    const devices = cluster.resources.find((resource, r) => resource.devices && cluster.demand(task, r) > 0);
    if (devices !== undefined) this.#refuse(`${this.#name(task)} cannot run at a share: it needs ${devices.name}`);
    if (!mayRun) this.#refuse(`${this.#name(task)} may not run on node ${cluster.nodes.name(node)}`);
  }

  #checkNode(task: TaskId, node: NodeId): void {
    if (!(Number.isInteger(node) && node >= 0 && node < this.#cluster.nodeCount))
      this.#refuse(`${this.#name(task)} was launched on node ${node}, which does not exist`);
  }

  #check(task: TaskId, node: NodeId, device?: number): void {
    const cluster = this.#cluster;
    this.#checkNode(task, node);
    if (cluster.fits(task, node)) {
      if (device === undefined || cluster.fitsOnDevice(task, node, device)) return;
      this.#refuse(`${this.#name(task)} has no share to take on device ${device} of node ${cluster.nodes.name(node)}`);
    }
    const state = cluster.nodeState(node);
    if (state !== 'up')
      this.#refuse(`${this.#name(task)} was launched on node ${cluster.nodes.name(node)}, which is ${state}`);
    const lacking = cluster.resources
      .map(({ name }, r) => ({ name, needs: cluster.demand(task, r), free: cluster.free(node, r) }))
      .filter(({ needs, free }) => needs > free)
      .map(({ name, needs, free }) => `${name}: needs ${needs}, free ${free}`);
    this.#refuse(
      `${this.#name(task)} does not fit on node ${cluster.nodes.name(node)} (${lacking.join('; ') || 'its devices or constraints'})`,
    );
  }

  #name(task: TaskId): string {
    const { jobs } = this.#cluster;
    const job = this.#cluster.jobOf(task);
    const position = task - this.#cluster.firstTask(job);
    if (!(position >= 0 && position < this.#cluster.taskCount(job))) return `row ${task}, which is no task of any job,`;
    return `task ${position} of job ${jobs.name[job]}`;
  }

  #refuse(problem: string): never {
    throw new AllocatorError(this.#allocator, problem);
  }
}

/** The device that is named for the i-th task of a gang. */
function deviceAt(devices: readonly number[] | undefined, i: number): number | undefined {
  const device = devices?.[i] ?? NONE;
  return device === NONE ? undefined : device;
}
