import type { JobId } from '../base/ids.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { WaitingReason } from './waiting-reason.ts';

/** Says which job of the same framework stands before a job; null for the first. */
export function behindOwn(view: ClusterView, job: JobId): WaitingReason | null {
  const framework = view.frameworkOf(job);
  const first = view.firstQueuedJobOf(framework);
  let ahead = 0;
  for (let each = first; each !== job; each = view.nextQueuedJobOf(each)) ahead++;
  return ahead === 0 ? null : { kind: 'behind-own', job: first, framework: view.frameworkName(framework), ahead };
}
