import type { NoOptimum } from '../optimization/outcome.ts';
import type { Solver } from '../optimization/solver.ts';
import { type NodeClass, NodeProgram, type NodeUser } from './node-program.ts';
import { weightOrThrow } from './progressive-filling.ts';
import { raiseLevels } from './raise-levels.ts';

/** A group of users and of other groups. */
export interface ShareGroup {
  /** Number of the group above it, which must be lower than its own; -1 at the top. */
  readonly parent: number;
  /** Above zero. */
  readonly weight: number;
}

export interface GroupedUser extends NodeUser {
  /** Number of its group; -1 at the top. */
  readonly group: number;
}

/** A division over classes of nodes in which groups count first. */
export interface GroupedDivision {
  readonly status: 'optimal';
  /** Tasks of each user on each class of nodes, row-major, in fractions. */
  readonly tasks: Float64Array;
  /** Share of each group with all below it, what is held already included. */
  readonly groupShares: readonly number[];
  /** Share of each user. */
  readonly shares: readonly number[];
  readonly solves: number;
}

/** What is raised in one storey of the tree: a group, or a user. */
interface Part {
  readonly members: readonly number[];
  readonly weight: number;
  readonly held: number;
  readonly parent: number;
  readonly depth: number;
  share: number;
}

/**
 * Divides nodes first among groups, then what each group got among what is below it, storey by storey: hierarchical
 * weighted max-min.
 *
 * A group's share is the sum of the shares of its users, and stays what it was found to be while the storeys below are
 * divided. In a storey, shares rise together in proportion to weight x share of the group above, so that what one group
 * does inside can cost another no more than its place on the nodes.
 *
 * @throws RangeError if a number is out of range or a group stands before the one above it.
 * @see Bhattacharya et al., Hierarchical scheduling for diverse datacenter workloads, SoCC 2013, section 2 (which counts a
 *   group by the dominant share of its sum)
 */
export function hierarchicalMaxMin(
  solver: Solver,
  nodes: readonly NodeClass[],
  users: readonly GroupedUser[],
  groups: readonly ShareGroup[],
): GroupedDivision | NoOptimum {
  const parts = [...partsOf(users, groups)];
  const storeys = parts.reduce((most, { depth }) => Math.max(most, depth + 1), 0);
  let tasks = new NodeProgram(nodes, users).tasks(undefined);
  let solves = 0;
  for (let depth = 0; depth < storeys; depth++) {
    const program = new NodeProgram(nodes, users);
    for (const { members, share, held } of parts.filter((part) => part.depth < depth)) {
      program.addShareRow(members, share - held, Number.POSITIVE_INFINITY);
    }
    const level = program.model.addVariable(1);
    const rising = parts.flatMap((part) => {
      const above = part.parent < 0 ? 1 : parts[part.parent]!.share;
      const canRise = part.members.some((u) => program.cellsOf(u).length > 0);
      if (part.depth !== depth || !(above > 0) || !canRise) return [];
      const weight = part.weight * above;
      const row = program.addShareRow(part.members, -part.held, Number.POSITIVE_INFINITY);
      program.model.addTerm(row, level, -weight);
      return [{ part, row, weight, held: part.held }];
    });
    if (rising.length === 0) continue;
    const open = solver.open(program.model);
    try {
      const raised = raiseLevels(open, level, rising);
      if (raised.status !== 'optimal') return raised;
      for (const [i, { part, weight }] of rising.entries()) part.share = weight * raised.levels[i]!;
      tasks = program.tasks(raised.last?.values);
      solves += raised.solves;
    } finally {
      open.dispose();
    }
  }
  const shares = parts.map(({ share }) => share);
  return {
    status: 'optimal',
    tasks,
    groupShares: shares.slice(0, groups.length),
    shares: shares.slice(groups.length),
    solves,
  };
}

/** Gives groups, then users. */
function partsOf(users: readonly GroupedUser[], groups: readonly ShareGroup[]): readonly Part[] {
  const depths: number[] = [];
  const members: number[][] = groups.map(() => []);
  for (const [g, { parent, weight }] of groups.entries()) {
    weightOrThrow(g, weight);
    if (!(parent >= -1 && parent < g)) throw new RangeError(`group ${g} stands below group ${parent}`);
    depths.push(parent < 0 ? 0 : depths[parent]! + 1);
  }
  for (const [u, { group }] of users.entries()) {
    if (!(group >= -1 && group < groups.length)) throw new RangeError(`user ${u}: there is no group ${group}`);
    for (let g = group; g >= 0; g = groups[g]!.parent) members[g]!.push(u);
  }
  const heldBy = (own: readonly number[]) => own.reduce((sum, u) => sum + (users[u]!.held ?? 0), 0);
  return [
    ...groups.map(({ parent, weight }, g) => {
      const held = heldBy(members[g]!);
      return { members: members[g]!, weight, held, parent, depth: depths[g]!, share: held };
    }),
    ...users.map(({ group, weight, held = 0 }, u) => {
      return { members: [u], weight, held, parent: group, depth: group < 0 ? 0 : depths[group]! + 1, share: held };
    }),
  ];
}
