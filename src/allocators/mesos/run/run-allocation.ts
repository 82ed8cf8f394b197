import type { AllocatorState } from '../allocator-state.ts';
import type { NodeState } from '../node-state.ts';
import { AllocationRun } from './allocation-run.ts';
import { giveFairShares, isStillRefused } from './fair-stage.ts';
import { giveGuarantees } from './guarantee-stage.ts';

/**
 * Offers what is available on the candidates: first towards guarantees, then by fair shares.
 *
 * Nodes with nothing available, and nodes that everyone is known to refuse, are left out; what is offered is the same.
 *
 * @param candidates nodes to look at, or null for all.
 * @see Mesos, src/master/allocator/mesos/hierarchical.cpp: __generateOffers
 */
export function runAllocation(state: AllocatorState, candidates: Iterable<NodeState> | null): AllocationRun {
  const run = new AllocationRun(state);
  const nodes: NodeState[] = [];
  for (const node of candidates ?? state.open.nodes) {
    if (node.place >= 0 && state.isOffered(node) && !isStillRefused(run, node)) nodes.push(node);
  }
  if (run.books.hasGuarantees) {
    state.order(nodes, 1);
    for (const node of nodes) giveGuarantees(run, node);
  }
  run.nodes = nodes.length;
  state.order(nodes, 2);
  for (const node of nodes) giveFairShares(run, node);
  return run;
}
