import type { ResourceCatalog } from '../base/amounts.ts';
import { chooseDevices } from './devices.ts';

/** What one empty node offers; nodes that are alike share the objects. */
export interface EmptyNode {
  /** Whole steps, one a resource. */
  readonly capacity: readonly number[] | Float64Array;
  /** True if tasks with the constraint may run there. */
  readonly allowed: boolean;
}

/** Steps of the search; beyond, a packing counts as not found. */
const MOST_STEPS = 20_000;

/**
 * Finds a node for each task so that all run side by side on empty nodes.
 *
 * First fit in order of position is tried first, then a search in order of size, largest first, that goes back when it
 * is stuck; it is exact unless it takes more than 20,000 steps.
 *
 * @param demand whole steps of each task, stride one a resource, from row `from` to row `end` - 1.
 * @returns the node of each task, or null.
 */
export function pack(
  resources: ResourceCatalog,
  nodes: readonly EmptyNode[],
  demand: Float64Array,
  from: number,
  end: number,
): number[] | null {
  const rows = Array.from({ length: end - from }, (_, i) => from + i);
  const inOrder = new Search(resources, nodes, demand).place(rows, rows.length + nodes.length * rows.length, false);
  if (inOrder !== null) return inOrder;
  const size = (row: number): number => {
    let most = 0;
    for (let r = 0; r < resources.length; r++) {
      const largest = Math.max(...nodes.map(({ capacity }) => capacity[r]!));
      if (largest > 0) most = Math.max(most, demand[row * resources.length + r]! / largest);
    }
    return most;
  };
  const bySize = [...rows].sort((a, b) => size(b) - size(a) || a - b);
  const found = new Search(resources, nodes, demand).place(bySize, MOST_STEPS, true);
  return found && rows.map((row) => found[bySize.indexOf(row)]!);
}

/** Places rows one after the other on nodes with books of their own. */
class Search {
  readonly #resources: ResourceCatalog;
  readonly #nodes: readonly EmptyNode[];
  readonly #demand: Float64Array;
  readonly #free: Float64Array[];
  /** By node and resource: what each device has free; null for resources that are not devices. */
  readonly #devices: (Float64Array | null)[][];
  #steps = 0;

  constructor(resources: ResourceCatalog, nodes: readonly EmptyNode[], demand: Float64Array) {
    this.#resources = resources;
    this.#nodes = nodes;
    this.#demand = demand;
    this.#free = nodes.map(({ capacity }) => Float64Array.from(capacity));
    this.#devices = nodes.map(({ capacity }) =>
      resources.map(({ devices, scale }, r) => (devices ? new Float64Array(capacity[r]! / scale).fill(scale) : null)),
    );
  }

  place(rows: readonly number[], steps: number, goesBack: boolean): number[] | null {
    const chosen: number[] = [];
    return this.#next(rows, chosen, steps, goesBack) ? chosen : null;
  }

  #next(rows: readonly number[], chosen: number[], steps: number, goesBack: boolean): boolean {
    if (chosen.length === rows.length) return true;
    const row = rows[chosen.length]!;
    for (let node = 0; node < this.#nodes.length; node++) {
      if (++this.#steps > steps) return false;
      const undo = this.#take(row, node);
      if (undo === null) continue;
      chosen.push(node);
      if (this.#next(rows, chosen, steps, goesBack)) return true;
      chosen.pop();
      undo();
      if (!goesBack) return false;
    }
    return false;
  }

  /** Takes what the row needs from the node; gives how to take it back, or null where there is no room. */
  #take(row: number, node: number): (() => void) | null {
    if (!this.#nodes[node]!.allowed) return null;
    const free = this.#free[node]!;
    const at = row * this.#resources.length;
    const taken: (() => void)[] = [];
    for (let r = 0; r < this.#resources.length; r++) {
      const need = this.#demand[at + r]!;
      if (need > free[r]!) return undoAll(taken);
      const devices = this.#devices[node]![r]!;
      if (devices !== null && need > 0) {
        const { scale } = this.#resources[r]!;
        const chosen = chooseDevices(devices, 0, devices.length, need, scale);
        if (chosen === null) return undoAll(taken);
        const each = Math.min(need, scale);
        for (const device of chosen) devices[device] = devices[device]! - each;
        taken.push(() => {
          for (const device of chosen) devices[device] = devices[device]! + each;
        });
      }
      free[r] = free[r]! - need;
      taken.push(() => {
        free[r] = free[r]! + need;
      });
    }
    return () => {
      undoAll(taken);
    };
  }
}

function undoAll(steps: (() => void)[]): null {
  for (const step of steps.reverse()) step();
  return null;
}
