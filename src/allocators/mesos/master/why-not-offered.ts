import type { JobId } from '../../../base/ids.ts';
import type { Time } from '../../../base/time.ts';
import type { WaitingReason } from '../../waiting-reason.ts';
import type { FrameworkParty } from './framework-party.ts';
import type { MasterBooks } from './master-books.ts';

/** Says what stands between a job and the nodes that could take its next task; null where no node could. */
export function whyNotOffered(books: MasterBooks, party: FrameworkParty, job: JobId): WaitingReason | null {
  const { view } = books;
  const task = view.firstQueuedTask(job);
  const demand = Float64Array.from(view.resources, (_, r) => view.demand(task, r));
  const isLimited = books.shownHierarchy.isAboveLimits(party.role, demand);
  const isKept = books.shownHierarchy.isBeyondHeadroom(party.role, demand);
  const given = offeredByNode(books, party);
  const counts = { nodes: 0, held: 0, elsewhere: 0, limited: 0, headroom: 0, refused: 0 };
  let until: Time = Number.POSITIVE_INFINITY;
  for (let node = 0; node < view.nodeCount; node++) {
    if (!view.fits(task, node)) continue;
    counts.nodes++;
    const others = given.others.get(node);
    if (given.own.has(node)) counts.held++;
    else if (others !== undefined && demand.some((amount, r) => amount > view.free(node, r) - others[r]!))
      counts.elsewhere++;
    else if (isLimited) counts.limited++;
    else if (isKept) counts.headroom++;
    else {
      const due = books.shownHierarchy.refusedUntil(party.name, party.role, books.nodeName(node));
      if (due === null) continue;
      counts.refused++;
      until = Math.min(until, due);
    }
  }
  if (counts.nodes === 0) return null;
  const { name: framework, isSuppressed: suppressed } = party;
  return { kind: 'offers', framework, suppressed, ...counts, ...(counts.refused > 0 && { until }) };
}

/** Nodes of which a framework has, or keeps, offers; and by node what others have offers of, whole steps. */
function offeredByNode({ parties, view }: MasterBooks, party: FrameworkParty) {
  const own = new Set<number>();
  const others = new Map<number, Float64Array>();
  for (const each of parties) {
    const offers = [...each.offers.values()].map(({ node, amounts }) => ({ node, amounts }));
    const kept = [...each.kept].map(({ node, left }) => ({ node, amounts: left }));
    for (const { node, amounts } of [...offers, ...kept]) {
      if (each === party) {
        own.add(node);
        continue;
      }
      const sum = others.get(node) ?? new Float64Array(view.resources.length);
      for (let r = 0; r < sum.length; r++) sum[r] = sum[r]! + amounts[r]!;
      others.set(node, sum);
    }
  }
  return { own, others };
}
