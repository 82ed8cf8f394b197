import { ScenarioError } from '../../base/errors.ts';
import type { JobId } from '../../base/ids.ts';
import { TaskTally } from '../../cluster/task-tally.ts';
import type { ClusterView } from '../../cluster/view.ts';
import type { Allocator, AllocatorDefinition, Decisions } from '../allocator.ts';
import { queueOption } from '../common-options.ts';
import { Fifo } from '../fifo.ts';
import { JobStarter } from '../job-starter.ts';
import type { WaitingReason } from '../waiting-reason.ts';
import { FgdPlacement, type Scoring } from './fgd-placement.ts';

/** Tasks must have become so many times as many before it is said anew what is typical. */
const GROWTH = 1.25;

/** How a change of the fragments, in devices, is scored. */
const SCORINGS: Readonly<Record<string, Scoring>> = {
  percent: (less) => Math.floor(100 / (1 + Math.exp(-less))),
  exact: (less) => less,
};

/** Jobs in order of submission, each where it makes the least of the idle devices useless. */
class Fgd implements Allocator {
  readonly name = 'fgd';
  readonly #view: ClusterView;
  readonly #queue: Fifo;
  readonly #placement: FgdPlacement;
  readonly #typical: TypicalTasks;
  /** What has been submitted so far; null where the workload is known. */
  readonly #seen: TaskTally | null;
  readonly #demand: Float64Array;
  #nextLook = 1;

  constructor(
    view: ClusterView,
    known: TaskTally | null,
    { typical, score, skip }: { typical: TypicalTasks; score: Scoring; skip: boolean },
  ) {
    this.#view = view;
    this.#seen = known === null ? new TaskTally(view.resources) : null;
    this.#typical = typical;
    this.#placement = new FgdPlacement(view, typical(known ?? this.#seen!), score);
    this.#queue = new Fifo(view, new JobStarter(view, this.#placement), skip);
    this.#demand = new Float64Array(view.resources.length);
  }

  onJobQueued(job: JobId): void {
    this.#queue.onJobQueued(job);
    if (this.#seen !== null) this.#count(job, this.#seen);
  }

  allocate(view: ClusterView, decide: Decisions): void {
    if (this.#seen !== null && this.#seen.total >= this.#nextLook) {
      this.#placement.use(this.#typical(this.#seen));
      this.#nextLook = Math.ceil(this.#seen.total * GROWTH);
    }
    this.#queue.allocate(view, decide);
  }

  whyWaiting(job: JobId): WaitingReason | null {
    return this.#queue.whyWaiting(job);
  }

  #count(job: JobId, seen: TaskTally): void {
    const view = this.#view;
    const first = view.firstTask(job);
    const constraint = view.constraint(first);
    for (let task = first; task < first + view.taskCount(job); task++) {
      for (let r = 0; r < this.#demand.length; r++) this.#demand[r] = view.demand(task, r);
      seen.add(this.#demand, 0, constraint);
    }
  }
}

/** Chooses the mix by which fragments are measured. */
type TypicalTasks = (tally: TaskTally) => ReturnType<TaskTally['typical']>;

export const fgd: AllocatorDefinition = {
  name: 'fgd',
  summary:
    'fragmentation gradient descent: first come, first served, each task on the node and the device where it makes the ' +
    'least of what is idle useless to typical tasks; ties go to the lowest node name, then the first device',
  source:
    'Weng et al., Beware of Fragmentation: Scheduling GPU-Sharing Workloads with Fragmentation Gradient Descent, USENIX ATC 2023, section 4',
  options: {
    queue: queueOption,
    types: {
      kind: 'choice',
      of: ['observed', 'all'],
      default: 'observed',
      summary: 'which tasks say what is typical: those submitted so far, or all of the workload, read once beforehand',
    },
    popularity: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.95,
      summary: 'part of the tasks that the typical ones, taken by how many are alike, are together at least',
    },
    'most-types': {
      kind: 'number',
      whole: true,
      min: 1,
      max: 1000,
      default: 100,
      summary: 'how many kinds of tasks are typical at most',
    },
    score: {
      kind: 'choice',
      of: Object.keys(SCORINGS),
      default: 'percent',
      summary:
        'how fine differences count: in whole percent of a sigmoid, as the published program has it, or all of them',
    },
  },
  async create(options, { view, survey }) {
    const known = options.text('types') === 'all' ? await surveyOf(survey) : null;
    const [part, most] = [options.number('popularity'), options.number('most-types')];
    return new Fgd(view, known, {
      typical: (tally) => tally.typical(part, most),
      score: SCORINGS[options.text('score')]!,
      skip: options.text('queue') === 'skip',
    });
  },
};

function surveyOf(survey: (() => Promise<TaskTally>) | undefined): Promise<TaskTally> {
  if (survey !== undefined) return survey();
  throw new ScenarioError([
    {
      path: 'allocator.types',
      message: 'the workload cannot be read before the run; `observed` learns it as jobs come',
    },
  ]);
}
