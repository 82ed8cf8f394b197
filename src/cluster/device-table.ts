import type { Amount, ResourceCatalog } from '../base/amounts.ts';
import { SimulationError } from '../base/errors.ts';
import type { NodeId, TaskId } from '../base/ids.ts';
import { chooseDevices, devicesFit } from './devices.ts';
import type { NodeGroup } from './node-table.ts';

/** Which devices tasks hold, for each device resource the rows; of running tasks, or of a trial. */
export type Holdings = Map<TaskId, (readonly number[])[]>;

/**
 * What each numbered device has free.
 *
 * The devices of one node and resource stand side by side; a node has the same number of them in every run.
 * Invariant: a node's free devices add up to what it has free of the resource.
 */
export class DeviceTable {
  /** The resources that are devices, by their column. */
  readonly #columns: readonly number[];
  readonly #whole: readonly Amount[];
  /** Where the devices of a node and the k-th device resource begin: row `node * kinds + k`. */
  readonly #start: Int32Array;
  readonly #free: Float64Array;

  constructor(resources: ResourceCatalog, groups: readonly NodeGroup[]) {
    this.#columns = resources.flatMap(({ devices }, r) => (devices ? [r] : []));
    this.#whole = this.#columns.map((r) => resources[r]!.scale);
    const kinds = this.#columns.length;
    const nodes = kinds === 0 ? 0 : groups.reduce((sum, { count }) => sum + count, 0);
    this.#start = new Int32Array(nodes * kinds + 1);
    let row = 0;
    for (const group of kinds === 0 ? [] : groups) {
      for (let i = 0; i < group.count; i++) {
        for (const [k, r] of this.#columns.entries()) {
          this.#start[row + 1] = this.#start[row]! + group.capacity[r]! / this.#whole[k]!;
          row++;
        }
      }
    }
    this.#free = new Float64Array(this.#start[row]!);
    for (let at = 0; at < row; at++) {
      this.#free.fill(this.#whole[at % kinds]!, this.#start[at]!, this.#start[at + 1]!);
    }
  }

  /** True if the cluster has no devices, so that nothing here needs asking. */
  get isEmpty(): boolean {
    return this.#columns.length === 0;
  }

  /** Says whether the node's devices can serve a task whose demands begin at `at`. */
  fits(node: NodeId, demand: Float64Array, at: number): boolean {
    for (let k = 0; k < this.#columns.length; k++) {
      const amount = demand[at + this.#columns[k]!]!;
      if (amount === 0) continue;
      const row = node * this.#columns.length + k;
      if (!devicesFit(this.#free, this.#start[row]!, this.#start[row + 1]!, amount, this.#whole[k]!)) return false;
    }
    return true;
  }

  take(task: TaskId, node: NodeId, demand: Float64Array, at: number, holdings: Holdings): void {
    const chosen = this.#columns.map((r, k) => {
      const amount = demand[at + r]!;
      if (amount === 0) return [];
      const row = node * this.#columns.length + k;
      const devices = chooseDevices(this.#free, this.#start[row]!, this.#start[row + 1]!, amount, this.#whole[k]!);
      if (devices === null) throw new SimulationError(`task ${task} was put on node ${node} without devices for it`);
      return devices;
    });
    holdings.set(task, chosen);
    this.#change(chosen, demand, at, -1);
  }

  /** Takes just these devices again, which {@link release} has freed. */
  retake(
    task: TaskId,
    chosen: readonly (readonly number[])[],
    demand: Float64Array,
    at: number,
    holdings: Holdings,
  ): void {
    holdings.set(task, [...chosen]);
    this.#change(chosen, demand, at, -1);
  }

  release(task: TaskId, demand: Float64Array, at: number, holdings: Holdings): void {
    this.#change(holdings.get(task)!, demand, at, 1);
    holdings.delete(task);
  }

  #change(chosen: readonly (readonly number[])[], demand: Float64Array, at: number, sign: 1 | -1): void {
    for (const [k, devices] of chosen.entries()) {
      const each = Math.min(demand[at + this.#columns[k]!]!, this.#whole[k]!) * sign;
      for (const device of devices) this.#free[device] = this.#free[device]! + each;
    }
  }
}
