/** What a task of a trace is called among those of its job. */
export type TaskKey = string | number;

/** One task of a job as a trace states it. */
export interface TaskNode {
  readonly key: TaskKey;
  /** The keys of the tasks that must end before it starts. */
  readonly parents: readonly TaskKey[];
  /** True if the task itself is not replayed; what waits for it then waits for its parents. */
  readonly isLeftOut?: boolean;
}

/** Which tasks wait for which, free of what no schedule could obey. */
export interface TaskGraph {
  /** By position among the tasks that are not left out: the positions of its parents, in rising order, each once. */
  readonly parents: readonly (readonly number[])[];
  /** Parents named that no task of the job has as its key, and that so are waited for by none. */
  readonly dangling: number;
  /** Edges between tasks that wait for one another, all of which are dropped; a task that waits for itself counts too. */
  readonly cyclic: number;
  /** Tasks that carry the key of an earlier one; who names the key waits for the first. */
  readonly duplicates: number;
}

/**
 * Turns the names by which the tasks of one job wait for another into positions.
 *
 * No rule of a trace says what a cycle means, so all edges inside one are dropped: those tasks then run side by side, and
 * wait for what is outside the cycle. Costs O(tasks + edges) but for tasks left out, whose parents are looked through.
 */
export function resolveParents(tasks: readonly TaskNode[]): TaskGraph {
  const rows = new Map<TaskKey, number>();
  let duplicates = 0;
  for (const [row, { key }] of tasks.entries()) {
    if (rows.has(key)) duplicates++;
    else rows.set(key, row);
  }
  let dangling = 0;
  const edges = tasks.map(({ parents }) => {
    const known = new Set<number>();
    for (const parent of parents) {
      const row = rows.get(parent);
      if (row === undefined) dangling++;
      else known.add(row);
    }
    return [...known];
  });
  const component = stronglyConnected(edges);
  let cyclic = 0;
  const acyclic = edges.map((parents, row) => {
    const kept = parents.filter((parent) => component[parent] !== component[row]);
    cyclic += parents.length - kept.length;
    return kept;
  });
  return { parents: withoutLeftOut(tasks, acyclic), dangling, cyclic, duplicates };
}

/** Replaces tasks that are left out by what they wait for, and counts positions without them. */
function withoutLeftOut(tasks: readonly TaskNode[], edges: readonly (readonly number[])[]): number[][] {
  const position = new Int32Array(tasks.length);
  let kept = 0;
  for (const [row, { isLeftOut }] of tasks.entries()) position[row] = isLeftOut ? -1 : kept++;
  const result: number[][] = [];
  for (const [row, { isLeftOut }] of tasks.entries()) {
    if (isLeftOut) continue;
    const seen = new Set<number>();
    const found: number[] = [];
    const pending = [...edges[row]!];
    for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      if (position[parent]! >= 0) found.push(position[parent]!);
      else pending.push(...edges[parent]!);
    }
    result.push(found.sort((a, b) => a - b));
  }
  return result;
}

/**
 * Numbers the strongly connected components of a graph: two rows have one number exactly if each can be reached from the
 * other.
 *
 * @see Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1(2), 1972; here without recursion
 */
function stronglyConnected(edges: readonly (readonly number[])[]): Int32Array {
  const count = edges.length;
  const component = new Int32Array(count).fill(-1);
  const found = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const next = new Int32Array(count);
  const open: number[] = [];
  const path: number[] = [];
  let visited = 0;
  let components = 0;
  const enter = (row: number): void => {
    found[row] = visited;
    low[row] = visited++;
    open.push(row);
    path.push(row);
  };
  for (let root = 0; root < count; root++) {
    if (found[root] !== -1) continue;
    enter(root);
    while (path.length > 0) {
      const row = path.at(-1)!;
      const to = edges[row]![next[row]!];
      if (to !== undefined) {
        next[row]!++;
        if (found[to] === -1) enter(to);
        else if (component[to] === -1) low[row] = Math.min(low[row]!, found[to]!);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above !== undefined) low[above] = Math.min(low[above]!, low[row]!);
      if (low[row] !== found[row]) continue;
      for (;;) {
        const member = open.pop()!;
        component[member] = components;
        if (member === row) break;
      }
      components++;
    }
  }
  return component;
}
