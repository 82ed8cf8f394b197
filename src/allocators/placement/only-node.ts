import { NONE } from '../../base/ids.ts';
import type { ClusterView } from '../../cluster/view.ts';
import type { Placement } from './placement.ts';

/** What every placement comes to on a cluster of one node: there or nowhere. */
export function onlyNode(view: ClusterView, name: string): Placement {
  return { name, find: (task) => (view.fits(task, 0) ? 0 : NONE) };
}
