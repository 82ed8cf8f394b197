import type { Channel } from '../../base/channel.ts';
import type { JobId, NodeId, TaskId } from '../../base/ids.ts';
import type { Random } from '../../base/random.ts';
import { fromSeconds, toSeconds } from '../../base/time.ts';
import type { ClusterView } from '../../cluster/view.ts';
import type { Allocator, Decisions } from '../allocator.ts';
import { type Actions, Conversation } from './conversation.ts';
import { KnownJobs } from './known-jobs.ts';
import { describeJob, describeResources, drawSeed, lacking, unitsOf } from './messages.ts';
import { TouchedNodes } from './touched-nodes.ts';
import { WrongDecision } from './wrong-decision.ts';

/** The decisions that an allocator may answer with, and their fields. */
const FORMS = {
  launch: { task: 'text', node: 'id' },
  'launch-gang': { job: 'id', nodes: 'ids' },
  preempt: { task: 'text' },
  'wake-at': { time: 'seconds' },
} as const;

/** What an external allocator is made with. */
export interface ExternalAllocatorParts {
  readonly channel: Channel;
  readonly view: ClusterView;
  /** How long it may take for each answer, milliseconds of the world's own time. */
  readonly limitMs: number;
  /** Where the seed that it is told comes from. */
  readonly chance: Random;
}

/**
 * A policy in another process: each pass is one message with what has happened since the last, and one answer.
 *
 * A pass throws a PartyFault where the other side crashes, hangs or breaks its contract, and the run fails.
 *
 * @see docs/formats/external.md
 */
export class ExternalAllocator implements Allocator {
  readonly name = 'external';
  readonly #view: ClusterView;
  readonly #talk: Conversation<typeof FORMS>;
  readonly #jobs: KnownJobs;
  readonly #touched: TouchedNodes;
  #events: object[] = [];

  constructor({ channel, view, limitMs, chance }: ExternalAllocatorParts) {
    this.#view = view;
    this.#jobs = new KnownJobs();
    this.#touched = new TouchedNodes(view);
    const hello = () => ({
      party: 'allocator',
      name: this.name,
      seed: drawSeed(chance),
      resources: describeResources(view.resources),
      classes: describeClasses(view),
    });
    this.#talk = new Conversation({ channel, party: 'allocator external', limitMs, now: () => view.now, hello }, FORMS);
  }

  onJobQueued(job: JobId): void {
    const view = this.#view;
    const framework = view.frameworkOf(job);
    const role = view.roleOf(framework);
    this.#jobs.add({
      row: job,
      number: view.submission(job),
      firstTask: view.firstTask(job),
      taskCount: view.taskCount(job),
    });
    this.#events.push({
      type: 'job-queued',
      framework: view.frameworkName(framework),
      role: view.roleName(role),
      weight: view.roleWeight(role),
      ...describeJob(job, view, view.resources, (task) => this.#whereMayRun(task)),
    });
  }

  onTasksReady(job: JobId, first: TaskId, count: number): void {
    const tasks = Array.from({ length: count }, (_, i) => this.#jobs.nameOf(first + i, job));
    this.#events.push({ type: 'tasks-ready', tasks });
  }

  onTaskStarted(task: TaskId, job: JobId, node: NodeId): void {
    this.#events.push({ type: 'task-started', task: this.#jobs.nameOf(task, job), node });
  }

  onTaskPreempted(task: TaskId, job: JobId, node: NodeId): void {
    this.#events.push({ type: 'task-preempted', task: this.#jobs.nameOf(task, job), node });
  }

  onTaskEnded(task: TaskId, job: JobId, node: NodeId): void {
    this.#events.push({ type: 'task-ended', task: this.#jobs.nameOf(task, job), node });
  }

  onJobEnded(job: JobId): void {
    this.#events.push({ type: 'job-ended', job: this.#jobs.remove(job) });
  }

  onNodeChanged(node: NodeId): void {
    this.#events.push({ type: 'node-changed', node, state: this.#view.nodeState(node) });
  }

  allocate(view: ClusterView, decide: Decisions): void {
    const events = this.#events;
    this.#events = [];
    const free = this.#touched
      .take()
      .map((node) => ({ node, amounts: unitsOf(view.resources, (r) => view.free(node, r)) }));
    this.#talk.ask({ type: 'pass', time: toSeconds(view.now), events, free }, this.#actions(decide));
  }

  #actions(decide: Decisions): Actions<typeof FORMS> {
    const view = this.#view;
    return {
      launch: ({ task: name, node }) => {
        const task = this.#jobs.task(name);
        const job = view.jobOf(task);
        if (view.isGang(job) && view.taskCount(job) > 1)
          throw new WrongDecision(`task ${name} belongs to a gang; launch-gang starts all of it or nothing`);
        if (view.isWaiting(task)) throw new WrongDecision(`task ${name} waits for others of its job`);
        if (!view.isQueued(task))
          throw new WrongDecision(`task ${name} is not queued: it ${view.isRunning(task) ? 'runs' : 'has ended'}`);
        this.#checkNode(node);
        if (!view.fits(task, node)) throw new WrongDecision(this.#whyNot(task, name, node));
        decide.launch(task, node);
      },
      'launch-gang': ({ job: number, nodes }) => {
        const job = this.#jobs.job(number);
        for (const node of nodes) this.#checkNode(node);
        decide.launchGang(job, nodes);
      },
      preempt: ({ task: name }) => {
        const task = this.#jobs.task(name);
        if (!view.isRunning(task)) throw new WrongDecision(`task ${name} was preempted, but does not run`);
        decide.preempt(task);
      },
      'wake-at': ({ time }) => decide.wakeAt(fromSeconds(time)),
    };
  }

  #checkNode(node: number): void {
    const { nodeCount } = this.#view;
    if (node >= nodeCount) throw new WrongDecision(`there is no node ${node}; there are 0 to ${nodeCount - 1}`);
  }

  #whyNot(task: TaskId, name: string, node: NodeId): string {
    const view = this.#view;
    const state = view.nodeState(node);
    if (state !== 'up') return `task ${name} was launched on node ${node}, which is ${state}`;
    if (!view.classSatisfies(view.nodeClass(node), view.constraint(task)))
      return `task ${name} may not run on node ${node}`;
    const lack = lacking(
      view.resources,
      (r) => view.demand(task, r),
      (r) => view.free(node, r),
    );
    return `task ${name} needs more than node ${node} has free: ${lack || 'no device has so much left'}`;
  }

  /** The classes of nodes that a task may run on, unless it is all of them. */
  #whereMayRun(task: TaskId): object {
    const view = this.#view;
    const constraint = view.constraint(task);
    if (constraint === 0) return {};
    const all = Array.from({ length: view.nodeClassCount }, (_, nodeClass) => nodeClass);
    return { classes: all.filter((nodeClass) => view.classSatisfies(nodeClass, constraint)) };
  }
}

/** Tells of the nodes, by classes of like ones. */
function describeClasses(view: ClusterView): object[] {
  const nodes = Array.from({ length: view.nodeClassCount }, (): NodeId[] => []);
  for (let node = 0; node < view.nodeCount; node++) nodes[view.nodeClass(node)]!.push(node);
  return nodes.map((of, nodeClass) => ({
    class: nodeClass,
    capacity: of.length === 0 ? {} : unitsOf(view.resources, (r) => view.capacity(of[0]!, r)),
    nodes: of,
  }));
}
