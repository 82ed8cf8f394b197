import type { Amount, ResourceCatalog } from '../base/amounts.ts';
import { SimulationError } from '../base/errors.ts';
import type { NodeId, TaskId } from '../base/ids.ts';
import { chooseDevices, devicesFit } from './devices.ts';
import type { NodeGroup } from './node-table.ts';

/** Devices that a task holds: for each device resource the rows. */
export type Devices = readonly (readonly number[])[];

/** Which devices tasks hold; of running tasks, or of a trial. */
export type Holdings = Map<TaskId, Devices>;

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

  /** How many devices of a resource a node has; 0 where the resource is none. */
  count(node: NodeId, resource: number): number {
    const row = this.#row(node, resource);
    return row < 0 ? 0 : this.#start[row + 1]! - this.#start[row]!;
  }

  /** What one of these devices has free. */
  free(node: NodeId, resource: number, device: number): Amount {
    return this.#free[this.#start[this.#row(node, resource)]! + device]!;
  }

  /** Says whether the device can give the share that a task takes, whose demands begin at `at`; see {@link take}. */
  canShare(node: NodeId, demand: Float64Array, at: number, device: number): boolean {
    const k = this.#shared(demand, at);
    if (k < 0 || !Number.isInteger(device) || device < 0) return false;
    const row = node * this.#columns.length + k;
    const chosen = this.#start[row]! + device;
    return chosen < this.#start[row + 1]! && this.#free[chosen]! >= demand[at + this.#columns[k]!]!;
  }

  /** @param device which of the node's devices gives the share of the first device resource of which a share is taken. */
  take(task: TaskId, node: NodeId, demand: Float64Array, at: number, holdings: Holdings, device?: number): void {
    const shared = device === undefined ? -1 : this.#shared(demand, at);
    const chosen = this.#columns.map((r, k) => {
      const amount = demand[at + r]!;
      if (amount === 0) return [];
      const row = node * this.#columns.length + k;
      if (k === shared) return [this.#start[row]! + device!];
      const devices = chooseDevices(this.#free, this.#start[row]!, this.#start[row + 1]!, amount, this.#whole[k]!);
      if (devices === null) throw new SimulationError(`task ${task} was put on node ${node} without devices for it`);
      return devices;
    });
    holdings.set(task, chosen);
    this.#change(chosen, demand, at, -1);
  }

  /** Takes just these devices again, which {@link release} has freed. */
  retake(task: TaskId, chosen: Devices, demand: Float64Array, at: number, holdings: Holdings): void {
    holdings.set(task, chosen);
    this.#change(chosen, demand, at, -1);
  }

  release(task: TaskId, demand: Float64Array, at: number, holdings: Holdings): void {
    this.#change(holdings.get(task)!, demand, at, 1);
    holdings.delete(task);
  }

  #row(node: NodeId, resource: number): number {
    const k = this.#columns.indexOf(resource);
    return k < 0 ? -1 : node * this.#columns.length + k;
  }

  /** The first device resource of which a share is taken; -1 where there is none. */
  #shared(demand: Float64Array, at: number): number {
    return this.#columns.findIndex((r, k) => demand[at + r]! > 0 && demand[at + r]! < this.#whole[k]!);
  }

  #change(chosen: Devices, demand: Float64Array, at: number, sign: 1 | -1): void {
    for (const [k, devices] of chosen.entries()) {
      const each = Math.min(demand[at + this.#columns[k]!]!, this.#whole[k]!) * sign;
      for (const device of devices) this.#free[device] = this.#free[device]! + each;
    }
  }
}
