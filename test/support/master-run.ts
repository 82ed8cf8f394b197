import type { Decisions } from '../../src/allocators/allocator.ts';
import { resolveAllocator } from '../../src/allocators/create.ts';
import type { HierarchicalAllocator } from '../../src/allocators/mesos/hierarchical-allocator.ts';
import { Master } from '../../src/allocators/mesos/master/master.ts';
import { masterParts } from '../../src/allocators/mesos/master-parts.ts';
import type {
  FrameworkDriver,
  FrameworkScheduler,
  Offer,
} from '../../src/allocators/mesos/schedulers/framework-scheduler.ts';
import type { OwnWork } from '../../src/allocators/mesos/schedulers/own-work.ts';
import type { OutsideEvent } from '../../src/allocators/outside-event.ts';
import { defaultSettings, type FrameworkSettings, type RoleQuota } from '../../src/allocators/parties.ts';
import { PolicyFactKind } from '../../src/allocators/policy-fact.ts';
import { resource } from '../../src/base/amounts.ts';
import { OptionReader } from '../../src/base/options.ts';
import { openStream } from '../../src/base/random.ts';
import { SECOND, type Time } from '../../src/base/time.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterView } from '../../src/cluster/view.ts';
import { overhear } from '../../src/conformance/mesos-master/overhear.ts';
import { type FinishedTestRun, runWorkload, type TestJob } from './run-workload.ts';

/** What a test's framework is given to act with. */
export interface Actor {
  readonly driver: FrameworkDriver;
  readonly work: OwnWork;
}

/** One run under the master; amounts in cpus, times in seconds. */
export interface MasterRun {
  /** Cpus of each node; n0, n1, … */
  readonly nodes: readonly number[];
  readonly jobs: readonly { framework: string; at?: number; tasks: readonly number[]; run?: number; gang?: boolean }[];
  readonly events?: readonly (OutsideEvent extends infer Each ? (Each extends OutsideEvent ? Each : never) : never)[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, Partial<FrameworkSettings>>>;
  readonly quotas?: ReadonlyMap<string, RoleQuota>;
  /** A framework not named here takes one task an offer, first come, first served. */
  readonly acts?: Readonly<Record<string, (actor: Actor) => FrameworkScheduler>>;
  /** How long a framework holds its offers. */
  readonly think?: Time;
  readonly suppresses?: boolean;
  readonly until?: number;
  /** Is called at the end of each pass. */
  readonly afterPass?: (view: ClusterView, hierarchy: HierarchicalAllocator, master: Master) => void;
}

export interface MasterResult extends FinishedTestRun {
  /** `time kind framework node cpus`, of what the master says; cpus of offers and answers alone. */
  readonly said: readonly string[];
  /** `time framework outcome node`, of what frameworks hear of their tasks. */
  readonly heard: readonly string[];
}

const NAMES = Object.fromEntries(Object.entries(PolicyFactKind).map(([name, kind]) => [kind, name]));

/** Runs frameworks that a test has written under the master, on nodes of cpus. */
export async function runMaster(setup: MasterRun): Promise<MasterResult> {
  const said: string[] = [];
  const heard: string[] = [];
  const jobs: TestJob[] = setup.jobs.map(({ framework, at = 0, tasks, run = 1000, gang = false }) => ({
    framework,
    submit: at * SECOND,
    gang,
    tasks: tasks.map((cpus) => ({ demand: [cpus * 1000], run: run * SECOND })),
  }));
  const finished = await runWorkload({
    resources: [resource('cpus')],
    groups: setup.nodes.map((cpus, n) => ({ name: `n${n}`, count: 1, capacity: [cpus * 1000], attributes: {} })),
    jobs,
    roleOf: {},
    allocator: (cluster) => new ToldMaster(setup, cluster, said, heard),
    ...(setup.events && { events: setup.events }),
    ...(setup.until !== undefined && { until: setup.until * SECOND }),
  });
  return { ...finished, said, heard };
}

/** A master that writes down what it says. */
class ToldMaster extends Master {
  readonly #setup: MasterRun;
  readonly #said: string[];
  readonly #hierarchy: { current?: HierarchicalAllocator };

  constructor(setup: MasterRun, cluster: Cluster, said: string[], heard: string[]) {
    const outcome = resolveAllocator('mesos', { 'registration-backoff': '0s', ...setup.options });
    if ('problems' in outcome) throw new Error(JSON.stringify(outcome.problems));
    const hierarchy: { current?: HierarchicalAllocator } = {};
    const parts = masterParts(new OptionReader(outcome.resolved.options), {
      view: cluster,
      resources: cluster.resources,
      stream: (name) => openStream('1', name),
      timed: (work) => work(),
      placement: () => {
        throw new Error('it places nothing');
      },
      parties: {
        framework: (name) => ({ ...defaultSettings, ...setup.settings?.[name] }),
        listed: [],
        quotas: setup.quotas ?? new Map(),
      },
    });
    super({
      ...parts,
      openAllocator: (clock, listener) => {
        hierarchy.current = parts.openAllocator(clock, listener);
        return hierarchy.current;
      },
      openScheduler: ({ name }, { driver, work }) => ({
        scheduler: listening(setup.acts?.[name]?.({ driver, work }) ?? oneEach({ driver, work }), (outcome, node) =>
          heard.push(`${driver.now / SECOND} ${name} ${outcome} n${node}`),
        ),
        refusal: 5 * SECOND,
        think: setup.think ?? 0,
        suppresses: setup.suppresses ?? false,
      }),
    });
    this.#setup = setup;
    this.#said = said;
    this.#hierarchy = hierarchy;
  }

  override allocate(view: ClusterView, decide: Decisions): void {
    const heard = overhear(decide, (fact) => {
      const { kind, framework, node, amounts } = fact;
      if (kind !== PolicyFactKind.allocationRun && kind !== PolicyFactKind.filtered) {
        const who = framework < 0 ? '' : ` ${view.frameworkName(framework)}`;
        const where = node < 0 ? '' : ` n${node}`;
        const what = amounts === undefined ? '' : ` ${amounts[0]! / 1000}`;
        this.#said.push(`${view.now / SECOND} ${NAMES[kind]}${who}${where}${what}`);
      }
    });
    super.allocate(view, heard);
    this.#setup.afterPass?.(view, this.#hierarchy.current!, this);
  }
}

/** Takes one task on each offer, in order of submission, and declines where it has none. */
export function oneEach({ driver, work }: Actor): FrameworkScheduler {
  return {
    onOffers(offers) {
      for (const offer of offers) {
        const task = firstThatFits(work, offer);
        if (task === undefined) driver.decline(offer);
        else driver.accept(offer, [task]);
      }
    },
  };
}

/** Keeps every offer and does nothing. */
export const keeps = (): FrameworkScheduler => ({ onOffers: () => {} });

export function firstThatFits(work: OwnWork, offer: Offer): number | undefined {
  for (const job of work.jobs()) {
    const task = work.firstQueued(job);
    if (work.demand(task, 0) <= offer.amounts[0]!) return task;
  }
  return undefined;
}

function listening(scheduler: FrameworkScheduler, hear: (outcome: string, node: number) => void): FrameworkScheduler {
  const { onTaskEnded } = scheduler;
  scheduler.onTaskEnded = (task, job, node, outcome) => {
    hear(outcome, node);
    onTaskEnded?.call(scheduler, task, job, node, outcome);
  };
  return scheduler;
}
