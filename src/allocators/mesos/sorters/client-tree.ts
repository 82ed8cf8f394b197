import type { Bundle } from '../resources/bundle.ts';
import type { Quantities } from '../resources/quantities.ts';
import type { Sorter, SorterClient } from './sorter.ts';
import { pathBelow, TreeNode, VIRTUAL_LEAF } from './tree-node.ts';

/**
 * The clients of a sorter as a tree of path segments; what is common to all sorters.
 *
 * A client that has clients below it is a leaf `.` below an inner node of its name. When the last of the others goes,
 * the leaf takes the inner node's place, with its count.
 */
export abstract class ClientTree<Payload> implements Sorter<Payload> {
  protected readonly root = new TreeNode<Payload>('', null);
  readonly #leaves = new Map<string, TreeNode<Payload>>();
  readonly #weights = new Map<string, number>();
  /** Inner nodes below the root. */
  protected innerNodes = 0;

  get size(): number {
    return this.#leaves.size;
  }

  get allocated(): Quantities {
    return this.root.allocated;
  }

  find(path: string): TreeNode<Payload> | undefined {
    return this.#leaves.get(path);
  }

  add(path: string, payload: Payload): SorterClient<Payload> {
    if (this.#leaves.has(path)) throw new RangeError(`there is a client ${path} already`);
    let at = this.root;
    const names = path.split('/');
    for (const name of names.slice(0, -1)) {
      const below = at.byName.get(name);
      if (below === undefined) at = this.#addInner(at, name);
      else at = below.isLeaf ? this.#makeInner(below) : below;
    }
    const last = names.at(-1)!;
    const below = at.byName.get(last);
    const leaf = below === undefined ? this.#put(new TreeNode(last, at, payload)) : this.#addVirtual(below, payload);
    this.#leaves.set(path, leaf);
    this.restructured();
    return leaf;
  }

  remove(client: SorterClient<Payload>): void {
    const leaf = client as TreeNode<Payload>;
    this.#leaves.delete(clientPath(leaf));
    for (let at = leaf.parent; at !== null; at = at.parent) {
      at.held.subtractAll(leaf.held);
      this.changed(at);
    }
    this.#detach(leaf);
    for (let at = leaf.parent!; at !== this.root; ) {
      const parent = at.parent!;
      if (at.byName.size === 0) this.#removeInner(at);
      else if (at.byName.size === 1 && at.byName.has(VIRTUAL_LEAF)) this.#collapse(at, at.byName.get(VIRTUAL_LEAF)!);
      at = parent;
    }
    this.restructured();
  }

  activate(client: SorterClient<Payload>): void {
    const leaf = client as TreeNode<Payload>;
    if (leaf.isActive) return;
    leaf.isActive = true;
    this.enlist(leaf);
    this.restructured();
  }

  deactivate(client: SorterClient<Payload>): void {
    const leaf = client as TreeNode<Payload>;
    if (!leaf.isActive) return;
    leaf.isActive = false;
    this.#unlist(leaf);
    this.restructured();
  }

  setWeight(path: string, weight: number): void {
    this.#weights.set(path, weight);
    let at: TreeNode<Payload> | undefined = this.root;
    for (const name of path.split('/')) at = at?.byName.get(name);
    if (at === undefined) return;
    at.weight = weight;
    this.changed(at);
    this.restructured();
  }

  recordAllocated(client: SorterClient<Payload>, node: number, resources: Bundle): void {
    for (let at: TreeNode<Payload> | null = client as TreeNode<Payload>; at !== null; at = at.parent) {
      at.held.add(node, resources);
      at.count++;
      this.changed(at);
    }
  }

  recordUnallocated(client: SorterClient<Payload>, node: number, resources: Bundle): void {
    for (let at: TreeNode<Payload> | null = client as TreeNode<Payload>; at !== null; at = at.parent) {
      at.held.subtract(node, resources);
      this.changed(at);
    }
  }

  replaceAllocated(client: SorterClient<Payload>, node: number, before: Bundle, after: Bundle): void {
    for (let at: TreeNode<Payload> | null = client as TreeNode<Payload>; at !== null; at = at.parent) {
      at.held.subtract(node, before);
      at.held.add(node, after);
      this.changed(at);
    }
  }

  abstract sort(): readonly SorterClient<Payload>[];

  /** Is told that what a place holds, its count or its weight is another. */
  protected changed(_at: TreeNode<Payload>): void {}

  /** Is told that clients came, went or changed their state. */
  protected restructured(): void {}

  /** Puts an inner node or an active leaf among those of its parent that take part. */
  protected enlist(at: TreeNode<Payload>): void {
    at.parent!.listed.push(at);
  }

  #unlist(at: TreeNode<Payload>): void {
    const { listed } = at.parent!;
    listed.splice(listed.indexOf(at), 1);
  }

  #put(at: TreeNode<Payload>): TreeNode<Payload> {
    at.parent!.byName.set(at.name, at);
    at.weight = this.#weights.get(at.path) ?? 1;
    if (!at.isLeaf || at.isActive) this.enlist(at);
    return at;
  }

  #detach(at: TreeNode<Payload>): void {
    at.parent!.byName.delete(at.name);
    if (!at.isLeaf || at.isActive) this.#unlist(at);
  }

  #addInner(parent: TreeNode<Payload>, name: string): TreeNode<Payload> {
    this.innerNodes++;
    return this.#put(new TreeNode<Payload>(name, parent));
  }

  #addVirtual(inner: TreeNode<Payload>, payload: Payload): TreeNode<Payload> {
    return this.#put(new TreeNode(VIRTUAL_LEAF, inner, payload));
  }

  /** Puts an inner node in the place of a leaf, which goes below it and stays active or inactive. */
  #makeInner(leaf: TreeNode<Payload>): TreeNode<Payload> {
    this.#detach(leaf);
    this.innerNodes++;
    const inner = new TreeNode<Payload>(leaf.name, leaf.parent);
    inner.inherit(leaf);
    this.#put(inner);
    this.#move(leaf, inner, VIRTUAL_LEAF);
    return inner;
  }

  #removeInner(inner: TreeNode<Payload>): void {
    this.innerNodes--;
    this.#detach(inner);
  }

  /** Puts the leaf `.` in the place of its inner node. */
  #collapse(inner: TreeNode<Payload>, leaf: TreeNode<Payload>): void {
    this.#detach(leaf);
    this.#removeInner(inner);
    leaf.inherit(inner);
    this.#move(leaf, inner.parent!, inner.name);
  }

  #move(leaf: TreeNode<Payload>, parent: TreeNode<Payload>, name: string): void {
    leaf.parent = parent;
    leaf.name = name;
    leaf.path = pathBelow(parent, name);
    this.#put(leaf);
  }
}

function clientPath<Payload>(leaf: TreeNode<Payload>): string {
  return leaf.name === VIRTUAL_LEAF ? leaf.parent!.path : leaf.path;
}
