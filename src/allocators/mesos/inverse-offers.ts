import type { AllocatorState } from './allocator-state.ts';
import type { Clock } from './clock.ts';
import type { NodeState } from './node-state.ts';
import type { InverseOffer } from './offer.ts';
import type { FrameworkState } from './subscription.ts';

/**
 * Asks every framework that holds something of a candidate under maintenance whether it can leave it; one question at a
 * time, and none while the framework filters them.
 *
 * @see Mesos, docs/maintenance.md
 */
export function makeInverseOffers(
  state: AllocatorState,
  candidates: ReadonlySet<NodeState> | null,
): Map<FrameworkState, InverseOffer[]> {
  const offers = new Map<FrameworkState, InverseOffer[]>();
  for (const node of state.maintained) {
    if (candidates !== null && !candidates.has(node)) continue;
    const unavailability = node.unavailability!;
    for (const framework of state.frameworks.values()) {
      if (node.inverseOffers.has(framework) || framework.inverseFilters.has(node.index)) continue;
      if (![...framework.subscriptions.values()].some(({ held }) => held.has(node.index))) continue;
      node.inverseOffers.add(framework);
      const offer = { framework: framework.name, node: node.name, unavailability };
      offers.set(framework, [...(offers.get(framework) ?? []), offer]);
    }
  }
  return offers;
}

/** Keeps inverse offers of a node from a framework for a while; unlike an offer filter it is not made longer. */
export function filterInverseOffers(clock: Clock, framework: FrameworkState, node: NodeState, refusal: number): void {
  if (refusal <= 0) return;
  const filter = {};
  const { inverseFilters } = framework;
  const filters = inverseFilters.get(node.index) ?? new Set();
  inverseFilters.set(node.index, filters.add(filter));
  const due = clock.now + refusal;
  clock.schedule(due, () =>
    clock.schedule(due, () => {
      // Filters that were cleared in between are those of another set.
      if (inverseFilters.get(node.index) !== filters) return;
      filters.delete(filter);
      if (filters.size === 0) inverseFilters.delete(node.index);
    }),
  );
}
