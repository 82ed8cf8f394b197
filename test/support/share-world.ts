import { resource } from '../../src/base/amounts.ts';
import type { ClusterView } from '../../src/cluster/view.ts';

/** As much of a cluster as a share tree asks for: roles, frameworks, what they hold and have queued. */
export interface ShareWorld {
  readonly roles: { readonly name: string; readonly parent: number; readonly weight: number }[];
  readonly frameworks: {
    readonly name: string;
    readonly role: number;
    /** How many roles the tree knew when it appeared: those up to the last one of a framework. */
    readonly rolesBefore: number;
    readonly used: number[];
    queued: number;
    allocations: number;
  }[];
  /** By framework: what each of its tasks demands. */
  readonly demand: (readonly number[])[];
  readonly totals: readonly number[];
  readonly free: number[];
}

/** The view of such a world; a framework's first job and task have its own number. */
export function viewOfShares(world: ShareWorld): ClusterView {
  const { roles, frameworks } = world;
  const part = {
    resources: world.totals.map((_, r) => resource(`r${r}`)),
    totalCapacity: (r: number) => world.totals[r]!,
    totalFree: (r: number) => world.free[r]!,
    get roleCount() {
      return roles.length;
    },
    roleName: (role: number) => roles[role]!.name,
    roleParent: (role: number) => roles[role]!.parent,
    roleWeight: (role: number) => roles[role]!.weight,
    get frameworkCount() {
      return frameworks.length;
    },
    frameworkName: (framework: number) => frameworks[framework]!.name,
    roleOf: (framework: number) => frameworks[framework]!.role,
    frameworkUsed: (framework: number, r: number) => frameworks[framework]!.used[r]!,
    frameworkQueuedTasks: (framework: number) => frameworks[framework]!.queued,
    firstQueuedJobOf: (framework: number) => framework,
    firstQueuedTask: (job: number) => job,
    demand: (task: number, r: number) => world.demand[task]![r]!,
  };
  return part as unknown as ClusterView;
}
