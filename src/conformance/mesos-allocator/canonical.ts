import type { Bundle } from '../../allocators/mesos/resources/bundle.ts';
import type { ResourceCatalog, ResourceDescription } from '../../allocators/mesos/resources/resource-catalog.ts';

/** Gives resources as text that is the same for the same resources. */
export function canonical(bundle: Bundle, catalog: ResourceCatalog, withReservationTypes: boolean): string {
  const descriptions = catalog.describe(bundle);
  const compared = withReservationTypes ? descriptions : catalog.describe(catalog.bundle(descriptions.map(untyped)));
  return compared
    .map((one) => JSON.stringify(one))
    .sort()
    .join(' ');
}

function untyped(one: ResourceDescription): ResourceDescription {
  if (one.reservations === undefined) return one;
  return { ...one, reservations: one.reservations.map(({ type: _, ...rest }) => rest) };
}
