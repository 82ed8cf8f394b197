import { fits, type LiveNode, type LiveTask, take } from './twin-world.ts';

export const TWIN_PLACEMENTS = ['first-fit', 'best-fit', 'worst-fit', 'round-robin'] as const;
export type TwinPlacement = (typeof TWIN_PLACEMENTS)[number];

/** Where tasks go; `cursor` is the node at which round-robin looks first. */
export interface Places {
  readonly placement: TwinPlacement;
  readonly nodes: LiveNode[];
  cursor: number;
}

/** Chooses the node for one task, or null where it fits nowhere. Moves the cursor of round-robin. */
export function chooseNode(places: Places, demand: readonly number[]): number | null {
  const { nodes, placement } = places;
  const candidates = nodes.map((_, node) => node).filter((node) => fits(demand, nodes[node]!.free));
  if (candidates.length === 0) return null;
  switch (placement) {
    case 'first-fit':
      return candidates[0]!;
    case 'round-robin': {
      const chosen = candidates.find((node) => node >= places.cursor) ?? candidates[0]!;
      places.cursor = (chosen + 1) % nodes.length;
      return chosen;
    }
    case 'best-fit':
      return leastShareLeft(nodes, candidates, demand, 1);
    case 'worst-fit':
      return leastShareLeft(nodes, candidates, demand, -1);
  }
}

/**
 * Chooses nodes for all tasks of a gang, one after the other, each where it would go if those before it had started;
 * null if one of them fits nowhere, and then nothing has moved.
 */
export function chooseNodesOfGang(places: Places, tasks: readonly LiveTask[]): number[] | null {
  const trial: Places = { ...places, nodes: places.nodes.map((node) => ({ ...node, free: [...node.free] })) };
  const chosen: number[] = [];
  for (const task of tasks) {
    const node = chooseNode(trial, task.demand);
    if (node === null) return null;
    take(trial.nodes[node]!, task.demand);
    chosen.push(node);
  }
  places.cursor = trial.cursor;
  return chosen;
}

/** Best-fit with sign 1, worst-fit with sign -1. */
function leastShareLeft(
  nodes: readonly LiveNode[],
  candidates: readonly number[],
  demand: readonly number[],
  sign: number,
): number {
  const none = demand.map(() => 0);
  const classes = [...groupBy(candidates, (node) => nodes[node]!.capacity.join()).values()];
  const bestOfClasses = classes.map((members) => sorted(members, (node) => sign * shareLeft(nodes[node]!, none))[0]!);
  return sorted(bestOfClasses, (node) => sign * shareLeft(nodes[node]!, demand))[0]!;
}

function shareLeft(node: LiveNode, demand: readonly number[]): number {
  let sum = 0;
  node.capacity.forEach((capacity, r) => {
    if (capacity > 0) sum += (node.free[r]! - demand[r]!) / capacity;
  });
  return sum;
}

function sorted(nodes: readonly number[], key: (node: number) => number): number[] {
  return [...nodes].sort((a, b) => key(a) - key(b) || a - b);
}

function groupBy(nodes: readonly number[], key: (node: number) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const node of nodes) groups.set(key(node), [...(groups.get(key(node)) ?? []), node]);
  return groups;
}
