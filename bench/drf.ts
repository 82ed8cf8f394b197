/**
 * Times dominant resource fairness: the role with the least weighted share is given a task, the oldest task ends.
 *
 * Usage: tsx bench/drf.ts <roles> <operations> share-tree|tournament; the twin is bench/native/drf.cpp. `share-tree` is
 * what the allocator uses, with one framework a role; `tournament` is the tree inside it, with shares worked out here.
 */

import { ShareTree } from '../src/allocators/share-tree.ts';
import { Tournament } from '../src/allocators/tournament.ts';
import { resource } from '../src/base/amounts.ts';
import { NONE } from '../src/base/ids.ts';
import type { ClusterView } from '../src/cluster/view.ts';
import { cpuSeconds, report } from './harness/cpu-clock.ts';
import { xorshift } from './harness/xorshift.ts';

const RESOURCES = 3;
const [roles, operations] = process.argv.slice(2, 4).map(Number) as [number, number];
const running = Math.max(1_000, 4 * roles);

const random = xorshift();
const demand = new Float64Array(roles * RESOURCES);
const used = new Float64Array(roles * RESOURCES);
const weight = new Float64Array(roles);
for (let role = 0; role < roles; role++) {
  weight[role] = 1 + (random() % 3);
  for (let r = 0; r < RESOURCES; r++) demand[role * RESOURCES + r] = 1 + (random() % 16);
}
const total = Float64Array.from({ length: RESOURCES }, (_, r) => (8 + 4 * r) * running);

/** What picks the next role and is told when one holds more or less. */
interface Picker {
  next(): number;
  given(role: number): void;
  taken(role: number): void;
}

function shareTree(): Picker {
  const tree = new ShareTree(view(), 'hdrf', 'listed');
  tree.grow();
  return {
    next: () => tree.next(),
    given(role) {
      tree.allocated(role);
      tree.watchExhaustion();
    },
    taken: (role) => tree.changed(role),
  };
}

function tournament(): Picker {
  const contest = new Tournament();
  const enter = (role: number): void => {
    let share = 0;
    for (let r = 0; r < RESOURCES; r++) share = Math.max(share, used[role * RESOURCES + r]! / total[r]!);
    contest.set(role, share / weight[role]!);
  };
  for (let role = 0; role < roles; role++) enter(role);
  return { next: () => contest.least(), given: enter, taken: enter };
}

/** As much of a cluster as the share tree asks for: a role a framework, always with something queued. */
function view(): ClusterView {
  const part = {
    resources: ['cpus', 'mem', 'disk'].map((name) => resource(name)),
    totalCapacity: (r: number) => total[r]!,
    totalFree: (r: number) => total[r]!,
    roleCount: roles,
    roleName: (role: number) => `r${role}`,
    roleParent: () => NONE,
    roleWeight: (role: number) => weight[role]!,
    frameworkCount: roles,
    frameworkName: (framework: number) => `r${framework}`,
    roleOf: (framework: number) => framework,
    frameworkUsed: (framework: number, r: number) => used[framework * RESOURCES + r]!,
    frameworkQueuedTasks: () => 1,
  };
  return part as unknown as ClusterView;
}

const picker = process.argv[4] === 'tournament' ? tournament() : shareTree();
/** A ring of roles: the oldest task stands where the next one goes. */
const given = new Int32Array(running).fill(NONE);
let oldest = 0;
let hash = 0;

function change(role: number, sign: 1 | -1): void {
  for (let at = role * RESOURCES; at < (role + 1) * RESOURCES; at++) used[at] = used[at]! + sign * demand[at]!;
}

function operate(count: number): void {
  for (let i = 0; i < count; i++) {
    const ended = given[oldest]!;
    if (ended !== NONE) {
      change(ended, -1);
      picker.taken(ended);
    }
    const role = picker.next();
    change(role, 1);
    picker.given(role);
    hash = (Math.imul(hash, 31) + role) | 0;
    given[oldest] = role;
    oldest = (oldest + 1) % running;
  }
}

operate(running + Math.floor(operations / 5));
const began = cpuSeconds();
operate(operations);
report(cpuSeconds() - began, { picks: hash >>> 0 });
