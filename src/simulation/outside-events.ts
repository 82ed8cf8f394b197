import type { Allocator } from '../allocators/allocator.ts';
import type { NodeEvent, OutsideEvent } from '../allocators/outside-event.ts';
import { ScenarioError } from '../base/errors.ts';
import type { TaskId } from '../base/ids.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { EventKind, Kernel } from '../kernel/kernel.ts';
import { Phase } from '../kernel/phase.ts';
import type { Observers } from './observers.ts';
import type { TaskLife } from './task-life.ts';

/** What the events of a scenario work on. */
export interface OutsideEventsParts {
  readonly events: readonly OutsideEvent[];
  readonly cluster: Cluster;
  readonly kernel: Kernel;
  readonly allocator: Allocator;
  readonly life: TaskLife;
  readonly observers: Observers;
}

/** Has the events of a scenario happen when they are due. */
export class OutsideEvents {
  /** True if nodes change in the course of the run. */
  readonly changeNodes: boolean;
  readonly #parts: OutsideEventsParts;
  readonly #events: OutsideEvent[];
  readonly #kind: EventKind;

  /** @throws ScenarioError if the allocator cannot follow such events. */
  constructor(parts: OutsideEventsParts) {
    this.#parts = parts;
    const { events, kernel } = parts;
    this.changeNodes = events.some(({ what }) => what === 'node');
    this.#events = [];
    this.#kind = kernel.event(Phase.node, (i) => this.#happen(this.#events[i]!));
    for (const event of events) this.add(event);
  }

  /** Has one more happen; see the constructor for what is refused. */
  add(event: OutsideEvent): void {
    const { allocator } = this.#parts;
    const i = this.#events.push(event) - 1;
    const isUnknown = event.what === 'node' ? allocator.isFluid === true : !allocator.onPartyEvent;
    if (isUnknown) refuse(allocator, i, event);
    this.#kind.at(event.at, i);
  }

  #happen(event: OutsideEvent): void {
    if (event.what === 'node') this.#changeNodes(event);
    else this.#parts.allocator.onPartyEvent!(event);
  }

  #changeNodes({ nodes, state }: NodeEvent): void {
    const { cluster, allocator, observers } = this.#parts;
    for (const node of nodes) {
      if (cluster.nodeState(node) === state) continue;
      if (state === 'down') for (const task of this.#withGangs(cluster.tasksOn(node))) this.#parts.life.lose(task);
      cluster.setNodeState(node, state);
      observers.nodeChanged(cluster.now, node);
      allocator.onNodeChanged?.(node);
    }
  }

  /** The tasks, and with a task of a gang all of it that runs. */
  #withGangs(tasks: readonly TaskId[]): Iterable<TaskId> {
    const { cluster } = this.#parts;
    const all = new Set<TaskId>();
    for (const task of tasks) {
      const job = cluster.jobOf(task);
      const isGang = cluster.isGang(job);
      const first = isGang ? cluster.firstTask(job) : task;
      for (let i = 0; i < (isGang ? cluster.taskCount(job) : 1); i++) {
        if (cluster.isRunning(first + i)) all.add(first + i);
      }
    }
    return all;
  }
}

function refuse(allocator: Allocator, i: number, { what }: OutsideEvent): never {
  const message =
    what === 'node'
      ? `\`${allocator.name}\` shares out one pool, which cannot change`
      : `\`${allocator.name}\` knows no ${what.startsWith('master') ? 'master' : what}; \`mesos\` does`;
  throw new ScenarioError([{ path: `events.${i}`, message }]);
}
