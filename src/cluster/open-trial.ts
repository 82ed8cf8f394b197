import { NONE, type NodeId, type TaskId } from '../base/ids.ts';
import type { Devices, Holdings } from './device-table.ts';
import type { Trial } from './view.ts';

/** What a trial does to the books of a cluster. */
export interface TrialBooks {
  nodeOf(task: TaskId): NodeId;
  /** Devices that running tasks hold. */
  readonly held: Holdings;
  /** Takes a task's demand from a node, its share on the device where one is named. */
  take(task: TaskId, node: NodeId, held: Holdings, device?: number): void;
  /** Takes it again, on the devices that the task had. */
  retake(task: TaskId, node: NodeId, held: Holdings, devices: Devices | undefined): void;
  release(task: TaskId, node: NodeId, held: Holdings): void;
  /** Keeps amounts of a node from being used (1), or lets them go (-1). */
  hold(node: NodeId, amounts: Float64Array, sign: 1 | -1): void;
}

/** What a trial did, to be taken back. */
interface Step {
  readonly task: TaskId;
  readonly node: NodeId;
  readonly taken: boolean;
  /** What a running task held before it was freed. */
  readonly devices?: Devices | undefined;
  /** What was kept from being used, by no task. */
  readonly amounts?: Float64Array;
}

/** Opens the trial of a cluster; it keeps what it did as a stack. */
export function openTrial(books: TrialBooks): Trial {
  const steps: Step[] = [];
  /** Devices that tasks hold on trial. */
  const held: Holdings = new Map();
  return {
    take: (task, node, device) => {
      books.take(task, node, held, device);
      steps.push({ task, node, taken: true });
    },
    give: (task) => {
      const node = books.nodeOf(task);
      const devices = books.held.get(task);
      books.release(task, node, books.held);
      steps.push({ task, node, taken: false, devices });
    },
    hold: (node, amounts) => {
      books.hold(node, amounts, 1);
      steps.push({ task: NONE, node, taken: true, amounts });
    },
    get depth() {
      return steps.length;
    },
    rollback: (depth = 0) => {
      while (steps.length > depth) {
        const last = steps.pop()!;
        if (last.amounts !== undefined) books.hold(last.node, last.amounts, -1);
        else if (last.taken) books.release(last.task, last.node, held);
        else books.retake(last.task, last.node, books.held, last.devices);
      }
    },
  };
}
