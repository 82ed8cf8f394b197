import { addTo, type Quantities, subtractFrom } from '../resources/quantities.ts';

/**
 * The scalars of all registered nodes together, which every sorter of an allocator measures shares against.
 *
 * Reserved and revocable ones count, and those of nodes that are deactivated or not whitelisted.
 */
export class ClusterTotals {
  #values: Quantities = [];
  #version = 0;

  get values(): Quantities {
    return this.#values;
  }

  /** Another number after each change. */
  get version(): number {
    return this.#version;
  }

  add(scalars: Quantities): void {
    this.#values = addTo(this.#values, scalars);
    this.#version++;
  }

  remove(scalars: Quantities): void {
    subtractFrom(this.#values, scalars);
    this.#version++;
  }
}
