import { type JobId, NONE, type NodeId, type TaskId } from '../../../base/ids.ts';
import type { OptionReader } from '../../../base/options.ts';
import type { Random } from '../../../base/random.ts';
import { NEVER, type Time } from '../../../base/time.ts';
import { drawDistinct } from './draw-distinct.ts';
import type {
  FrameworkScheduler,
  Offer,
  SchedulerContext,
  SchedulerDefinition,
  TaskOutcome,
} from './framework-scheduler.ts';
import { awaitsGang, gangsOf } from './greedy.ts';
import { HadoopJob } from './hadoop-job.ts';
import { LeastDemand } from './least-demand.ts';
import { RestOfOffer } from './rest-of-offer.ts';
import { startGangs } from './start-gangs.ts';

/** Runs maps beside their data where a short wait achieves it, and reduces behind the maps. */
export const hadoop: SchedulerDefinition = {
  name: 'hadoop',
  summary: 'runs maps, then reduces, in slots of each node; a job waits a little for a node that has its data',
  source:
    'Zaharia et al., Delay scheduling, EuroSys 2010, sections 2 and 3; Hindman et al., Mesos, NSDI 2011, section 6.3',
  options: {
    order: {
      kind: 'choice',
      of: ['fair', 'fifo'],
      default: 'fair',
      summary: 'who is next: the job with the fewest running tasks, or the one submitted first',
    },
    'map-slots': {
      kind: 'number',
      whole: true,
      min: 0,
      default: 2,
      summary: 'how many of its maps run on one node at most; 0: no limit',
    },
    'reduce-slots': {
      kind: 'number',
      whole: true,
      min: 0,
      default: 1,
      summary: 'how many of its reduces run on one node at most; 0: no limit',
    },
    'reduce-share': {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0,
      summary: "which part of a job's tasks, the last ones, are reduces; rounded to whole tasks, halves up",
    },
    slowstart: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 1,
      summary: "which part of a job's maps must have finished before its reduces may start",
    },
    delay: {
      kind: 'duration',
      zero: true,
      default: '0s',
      summary: 'how long a job waits for a node that has its data',
    },
    replicas: {
      kind: 'number',
      whole: true,
      min: 0,
      default: 0,
      summary: 'on how many nodes the data of a map lie; 0: nowhere in particular',
    },
    'remote-speed': { kind: 'number', min: 0.001, default: 1, summary: 'how fast a map runs far from its data' },
  },
  create: (options, context) => new HadoopScheduler(options, context),
};

class HadoopScheduler implements FrameworkScheduler {
  readonly #context: SchedulerContext;
  readonly #isFair: boolean;
  readonly #mapSlots: number;
  readonly #reduceSlots: number;
  readonly #reduceShare: number;
  readonly #slowstart: number;
  readonly #delay: Time;
  readonly #replicas: number;
  readonly #remoteSpeed: number;
  readonly #chance: Random;
  readonly #least: LeastDemand;
  readonly #jobs = new Map<JobId, HadoopJob>();
  /** By node. */
  readonly #mapsOn: Int32Array;
  readonly #reducesOn: Int32Array;

  constructor(options: OptionReader, context: SchedulerContext) {
    this.#context = context;
    this.#isFair = options.text('order') === 'fair';
    this.#mapSlots = options.number('map-slots') || Number.POSITIVE_INFINITY;
    this.#reduceSlots = options.number('reduce-slots') || Number.POSITIVE_INFINITY;
    this.#reduceShare = options.number('reduce-share');
    this.#slowstart = options.number('slowstart');
    this.#delay = options.duration('delay')!;
    this.#replicas = options.number('replicas');
    this.#remoteSpeed = options.number('remote-speed');
    this.#chance = context.stream('data');
    this.#least = new LeastDemand(context.work);
    this.#mapsOn = new Int32Array(context.nodes);
    this.#reducesOn = new Int32Array(context.nodes);
  }

  onJobQueued(job: JobId): void {
    if (!this.#context.work.isGang(job)) this.#jobs.set(job, this.#know(job));
  }

  onTasksReady(job: JobId, first: TaskId, count: number): void {
    this.#jobs.get(job)?.ready(first, count, this.#context.work);
  }

  #know(job: JobId): HadoopJob {
    const { work, nodes } = this.#context;
    const tasks = work.taskCount(job);
    // Where stages say what waits for what, nothing has to be guessed.
    const maps = work.hasStages(job) ? tasks : tasks - Math.round(tasks * this.#reduceShare);
    const located = this.#replicas > 0 ? maps : 0;
    const data = Array.from({ length: located }, () => drawDistinct(this.#chance, this.#replicas, nodes));
    return new HadoopJob(job, work, maps, data);
  }

  onOffers(offers: readonly Offer[]): void {
    const { driver, work } = this.#context;
    const left = startGangs(offers, gangsOf(work), driver, work, false);
    const [mapping, reducing] = this.#waitingJobs();
    const least = this.#least.now();
    const awaits = awaitsGang(work);
    for (const offer of left) this.#answer(new RestOfOffer(offer, work, least), mapping, reducing, awaits);
  }

  /** The jobs that have maps to start, and those that have reduces, who is next first. */
  #waitingJobs(): [HadoopJob[], HadoopJob[]] {
    const mapping: HadoopJob[] = [];
    const reducing: HadoopJob[] = [];
    for (const row of this.#context.work.jobs()) {
      const job = this.#jobs.get(row);
      if (job === undefined) continue;
      if (job.waitingMaps > 0) mapping.push(job);
      const mayReduce = job.maps === 0 || job.finishedMaps / job.maps >= this.#slowstart;
      if (job.waitingReduces > 0 && mayReduce) reducing.push(job);
    }
    if (this.#isFair) {
      mapping.sort((a, b) => a.runningMaps - b.runningMaps || a.submission - b.submission);
      reducing.sort((a, b) => a.runningReduces - b.runningReduces || a.submission - b.submission);
    }
    return [mapping, reducing];
  }

  #answer(rest: RestOfOffer, mapping: HadoopJob[], reducing: HadoopJob[], awaits: boolean): void {
    const { driver } = this.#context;
    const { offer } = rest;
    const far = new Set<TaskId>();
    const wait = this.#startMaps(rest, mapping, far);
    this.#startReduces(rest, reducing);
    // A node that is refused for longer than a job still waits would make it wait longer than asked; and
    // offers that a gang waits for must come together.
    const refuse = awaits ? 0 : wait < driver.refuse ? wait : undefined;
    if (rest.tasks.length === 0) driver.decline(offer, refuse);
    else driver.accept(offer, rest.tasks, refuse, far.size > 0 ? this.#speedOf(far) : undefined);
  }

  #speedOf(far: ReadonlySet<TaskId>): (task: TaskId) => number {
    return (task) => (far.has(task) ? this.#remoteSpeed : 1);
  }

  /**
   * Starts maps in the free slots of the node, and notes those that are far from their data.
   *
   * @returns how long at least a job still waits that was passed over; forever where none was.
   */
  #startMaps(rest: RestOfOffer, jobs: HadoopJob[], far: Set<TaskId>): Time {
    const { node } = rest.offer;
    let wait = NEVER;
    for (let i = 0; i < jobs.length && !rest.isFull && this.#mapsOn[node]! < this.#mapSlots; ) {
      const job = jobs[i]!;
      const map = nextMap(job, rest);
      const isFar = map !== NONE && this.#replicas > 0 && !job.hasDataOn(map, node);
      const left = isFar ? this.#waitLeft(job) : 0;
      if (left > 0) wait = Math.min(wait, left);
      if (map === NONE || left > 0) {
        i++;
        continue;
      }
      if (isFar) far.add(map);
      if (this.#replicas > 0) this.#context.count(isFar ? 'remote' : 'local', node);
      // A job that has waited in vain goes on without waiting, until it is beside its data again.
      if (!isFar) job.passedOverSince = null;
      this.#mapsOn[node]!++;
      rest.take(map);
      job.start(map);
      if (job.waitingMaps === 0) jobs.splice(i, 1);
      else if (this.#isFair) moveBack(jobs, i, ({ runningMaps }) => runningMaps);
    }
    return wait;
  }

  /** How long a job must yet wait before it may start a map far from its data. */
  #waitLeft(job: HadoopJob): Time {
    const { now } = this.#context.driver;
    job.passedOverSince ??= now;
    return Math.max(0, job.passedOverSince + this.#delay - now);
  }

  #startReduces(rest: RestOfOffer, jobs: HadoopJob[]): void {
    const { node } = rest.offer;
    for (let i = 0; i < jobs.length && !rest.isFull && this.#reducesOn[node]! < this.#reduceSlots; ) {
      const job = jobs[i]!;
      const reduce = job.nextReduce();
      if (!rest.fits(reduce)) {
        i++;
        continue;
      }
      this.#reducesOn[node]!++;
      rest.take(reduce);
      job.start(reduce);
      if (job.waitingReduces === 0) jobs.splice(i, 1);
      else if (this.#isFair) moveBack(jobs, i, ({ runningReduces }) => runningReduces);
    }
  }

  onTaskEnded(task: TaskId, row: JobId, node: NodeId, outcome: TaskOutcome): void {
    const job = this.#jobs.get(row);
    if (job === undefined) return;
    const on = job.isMap(task) ? this.#mapsOn : this.#reducesOn;
    on[node]!--;
    if (outcome === 'finished') job.finish(task);
    else job.requeue(task);
  }

  onJobEnded(job: JobId): void {
    this.#jobs.delete(job);
    this.#least.onJobEnded(job);
  }
}

/** The map that a job would start on the offer: the first that has its data there, else the first; -1 if neither fits. */
function nextMap(job: HadoopJob, rest: RestOfOffer): TaskId {
  const near = job.nextMapOf(rest.offer.node);
  if (near !== NONE && rest.fits(near)) return near;
  const first = job.nextMap();
  return first !== NONE && rest.fits(first) ? first : NONE;
}

/** Moves the job at `i` behind those that now have fewer running. */
function moveBack(jobs: HadoopJob[], i: number, running: (job: HadoopJob) => number): void {
  const job = jobs[i]!;
  let at = i;
  for (; at + 1 < jobs.length; at++) {
    const next = jobs[at + 1]!;
    const isBefore = running(next) - running(job) || next.submission - job.submission;
    if (isBefore >= 0) break;
    jobs[at] = next;
  }
  jobs[at] = job;
}
