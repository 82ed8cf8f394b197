import type { Placement } from '../../src/allocators/placement/placement.ts';
import { NONE, type NodeId, type TaskId } from '../../src/base/ids.ts';
import { Interner } from '../../src/base/interner.ts';
import type { Random } from '../../src/base/random.ts';
import type { ClusterView } from '../../src/cluster/view.ts';

/** The placements by looking at every node: slow, plain, and what the indexed ones must agree with. */
export const linearPlacements: Readonly<Record<string, (view: ClusterView, random: Random) => Placement>> = {
  'first-fit': (view) => ({ name: 'first-fit', find: (task) => nextFit(view, task, 0, view.nodeCount) }),
  'best-fit': (view) => {
    const classOf = classByCapacity(view);
    return { name: 'best-fit', find: (task) => extremeFit(view, classOf, task, 1) };
  },
  'worst-fit': (view) => {
    const classOf = classByCapacity(view);
    return { name: 'worst-fit', find: (task) => extremeFit(view, classOf, task, -1) };
  },
  'round-robin': (view) => {
    let from: NodeId = 0;
    return {
      name: 'round-robin',
      find(task) {
        const node = nextFit(view, task, from, view.nodeCount);
        return node === NONE ? nextFit(view, task, 0, from) : node;
      },
      placed(node) {
        from = (node + 1) % view.nodeCount;
      },
    };
  },
  'random-fit': (view, random) => ({
    name: 'random-fit',
    find(task) {
      const fitting: NodeId[] = [];
      for (let node = 0; node < view.nodeCount; node++) if (view.fits(task, node)) fitting.push(node);
      if (fitting.length === 0) return NONE;
      for (let draw = 0; draw < 8; draw++) {
        const node = Math.floor(random() * view.nodeCount);
        if (view.fits(task, node)) return node;
      }
      return fitting[Math.floor(random() * fitting.length)]!;
    },
  }),
};

function nextFit(view: ClusterView, task: TaskId, from: NodeId, end: NodeId): NodeId {
  for (let node = from; node < end; node++) if (view.fits(task, node)) return node;
  return NONE;
}

/** Best fit with sign 1, worst fit with sign -1: the best of the nodes of equal capacities first, then of those. */
function extremeFit(view: ClusterView, classOf: Int32Array, task: TaskId, sign: 1 | -1): NodeId {
  const bestOfClass: NodeId[] = [];
  const scoreOfClass: bigint[] = [];
  for (let node = 0; node < view.nodeCount; node++) {
    if (!view.fits(task, node)) continue;
    const score = freeShare(view, node) * BigInt(sign);
    const nodeClass = classOf[node]!;
    if (bestOfClass[nodeClass] !== undefined && score >= scoreOfClass[nodeClass]!) continue;
    bestOfClass[nodeClass] = node;
    scoreOfClass[nodeClass] = score;
  }
  let best = NONE;
  let bestScore = 0n;
  for (const node of bestOfClass) {
    if (node === undefined) continue;
    const score = shareLeft(view, task, node) * BigInt(sign);
    if (best !== NONE && (score > bestScore || (score === bestScore && node > best))) continue;
    best = node;
    bestScore = score;
  }
  return best;
}

/** Numbers the combinations of capacities in order of first appearance. */
function classByCapacity(view: ClusterView): Int32Array {
  const known = new Interner();
  return Int32Array.from({ length: view.nodeCount }, (_, node) =>
    known.id(view.resources.map((_, r) => view.capacity(node, r)).join()),
  );
}

/** The sum of free / capacity, exactly: over the product of all capacities of the cluster. */
function freeShare(view: ClusterView, node: NodeId): bigint {
  return exactShare(view, node, (r) => view.free(node, r));
}

function shareLeft(view: ClusterView, task: TaskId, node: NodeId): bigint {
  return exactShare(view, node, (r) => view.free(node, r) - view.demand(task, r));
}

function exactShare(view: ClusterView, node: NodeId, amount: (resource: number) => number): bigint {
  const all = productOfCapacities(view);
  let sum = 0n;
  for (let r = 0; r < view.resources.length; r++) {
    const capacity = view.capacity(node, r);
    if (capacity > 0) sum += (BigInt(amount(r)) * all) / BigInt(capacity);
  }
  return sum;
}

const products = new WeakMap<ClusterView, bigint>();

function productOfCapacities(view: ClusterView): bigint {
  let product = products.get(view);
  if (product === undefined) {
    const capacities = new Set<number>();
    for (let node = 0; node < view.nodeCount; node++) {
      for (let r = 0; r < view.resources.length; r++) capacities.add(view.capacity(node, r) || 1);
    }
    product = [...capacities].reduce((all, capacity) => all * BigInt(capacity), 1n);
    products.set(view, product);
  }
  return product;
}
