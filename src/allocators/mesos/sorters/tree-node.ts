import { HeldScalars } from '../resources/held-scalars.ts';
import type { Quantities } from '../resources/quantities.ts';
import type { SorterClient } from './sorter.ts';

/** The name of the leaf of a client that has clients below it. */
export const VIRTUAL_LEAF = '.';

/** A place in a sorter's tree: a client's leaf, or an inner node with those below it. */
export class TreeNode<Payload> implements SorterClient<Payload> {
  name: string;
  path: string;
  parent: TreeNode<Payload> | null;
  readonly isLeaf: boolean;
  readonly #payload: Payload | undefined;
  isActive = false;
  weight = 1;
  /** All below this one. */
  readonly byName = new Map<string, TreeNode<Payload>>();
  /** Those below that take part: inner nodes and active leaves, in the sorter's order. */
  readonly listed: TreeNode<Payload>[] = [];
  readonly held = new HeldScalars();
  /** How often something was allocated to it or below; never counted down. */
  count = 0;
  /** Share and count that its place among its siblings was last found by. */
  share = 0;
  sortedCount = 0;
  isDirty = false;

  /** A leaf has something that the owner of the sorter keeps there; an inner node has nothing. */
  constructor(name: string, parent: TreeNode<Payload> | null, payload?: Payload) {
    this.name = name;
    this.parent = parent;
    this.path = pathBelow(parent, name);
    this.isLeaf = payload !== undefined;
    this.#payload = payload;
  }

  get payload(): Payload {
    return this.#payload as Payload;
  }

  get allocated(): Quantities {
    return this.held.values;
  }

  /** Takes over what another place holds, and its count. */
  inherit(from: TreeNode<Payload>): void {
    this.held.inherit(from.held);
    this.count = from.count;
  }
}

/** Gives the path of a child; the root has none. */
export function pathBelow<Payload>(parent: TreeNode<Payload> | null, name: string): string {
  return parent === null || parent.path === '' ? name : `${parent.path}/${name}`;
}
