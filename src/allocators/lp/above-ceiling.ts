import type { JobId } from '../../base/ids.ts';
import type { ClusterView } from '../../cluster/view.ts';
import type { Parties } from '../parties.ts';
import type { Ceiling as AboveCeiling } from '../waiting-reason.ts';
import { Ceilings } from './ceilings.ts';
import type { RoleBound } from './lp-settings.ts';
import { roleBounds } from './role-bounds.ts';

/** Says by which ceiling the next tasks of a job would be too much for its role; null where none forbids them. */
export function aboveCeiling(view: ClusterView, parties: Parties, ceiling: RoleBound, job: JobId): AboveCeiling | null {
  const task = view.firstQueuedTask(job);
  const count = view.isGang(job) ? view.queuedTaskCount(job) : 1;
  const demand = Float64Array.from(view.resources, (_, r) => view.demand(task, r));
  const kind = { role: view.roleOf(view.frameworkOf(job)), demand, unit: 0 };
  for (const bound of roleBounds(view, parties, [kind], 'none', ceiling)) {
    if (bound.resource === undefined || new Ceilings([bound]).allows(0, count)) continue;
    return {
      kind: 'ceiling',
      role: view.roleName(bound.owner),
      resource: view.resources[bound.resource]!.name,
      left: Math.max(0, bound.atMost),
      needs: bound.each[0]! * count,
    };
  }
  return null;
}
