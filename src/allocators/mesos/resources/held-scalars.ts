import type { Bundle } from './bundle.ts';
import { addTo, addToColumn, type Quantities, subtractFrom } from './quantities.ts';
import type { ResourceKind } from './resource-kind.ts';
import { scalarOf } from './rich-resource.ts';

/** Adds up the scalars that are held somewhere, where a shared volume counts once a node however many copies are held. */
export class HeldScalars {
  #values: Quantities = [];
  /** Copies held of shared volumes, by kind and node. */
  #copies: Map<ResourceKind, Map<number, number>> | null = null;

  get values(): Quantities {
    return this.#values;
  }

  /** @param node number of the node that the resources are on. */
  add(node: number, { plain, rich }: Bundle): void {
    this.#values = addTo(this.#values, plain);
    for (const one of rich) {
      const amount = scalarOf(one);
      if (amount === 0) continue;
      if (one.kind.shared && this.#changeCopies(one.kind, node, one.size) > 0) continue;
      this.#values = addToColumn(this.#values, one.kind.column, amount);
    }
  }

  subtract(node: number, { plain, rich }: Bundle): void {
    subtractFrom(this.#values, plain);
    for (const one of rich) {
      const amount = scalarOf(one);
      if (amount === 0) continue;
      if (one.kind.shared) {
        const before = this.#changeCopies(one.kind, node, -one.size);
        if (before === 0 || before > one.size) continue;
      }
      const { column } = one.kind;
      if (column < this.#values.length) this.#values[column] = Math.max(0, this.#values[column]! - amount);
    }
  }

  /** Takes over all that another holds. */
  inherit(from: HeldScalars): void {
    this.#values = from.#values.slice();
    this.#copies = from.#copies && new Map([...from.#copies].map(([kind, byNode]) => [kind, new Map(byNode)] as const));
  }

  /** Takes away all that another holds, which is part of this. */
  subtractAll(of: HeldScalars): void {
    for (const [kind, byNode] of of.#copies ?? []) {
      for (const [node, copies] of byNode) {
        // Others hold copies too: the volume stays, though the whole of `of` goes.
        if (this.#changeCopies(kind, node, -copies) > copies)
          this.#values = addToColumn(this.#values, kind.column, kind.amount);
      }
    }
    subtractFrom(this.#values, of.#values);
  }

  /** Gives how many copies there were before. */
  #changeCopies(kind: ResourceKind, node: number, by: number): number {
    this.#copies ??= new Map();
    let byNode = this.#copies.get(kind);
    if (byNode === undefined) {
      byNode = new Map();
      this.#copies.set(kind, byNode);
    }
    const before = byNode.get(node) ?? 0;
    if (before + by > 0) byNode.set(node, before + by);
    else byNode.delete(node);
    return before;
  }
}
