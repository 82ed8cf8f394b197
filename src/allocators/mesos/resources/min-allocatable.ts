import type { Bundle } from './bundle.ts';
import { quantityIn } from './bundle.ts';
import { toThousandths } from './quantities.ts';
import type { Amounts, ResourceCatalog } from './resource-catalog.ts';

/**
 * The least that is worth an offer: some alternative must be met in all its amounts.
 *
 * Amounts are summed over reserved and unreserved; a number of a range counts as one. Without alternatives anything
 * that is not empty will do.
 *
 * @see Mesos, docs/configuration/master.md: min_allocatable_resources
 */
export class MinAllocatable {
  readonly #alternatives: readonly (readonly Least[])[];

  constructor(alternatives: readonly Amounts[], catalog: ResourceCatalog) {
    this.#alternatives = alternatives.map((units) =>
      Object.entries(units).map(([name, value]) => ({ column: catalog.columnOf(name), least: toThousandths(value) })),
    );
  }

  isMetBy(bundle: Bundle): boolean {
    if (this.#alternatives.length === 0) return !bundle.isEmpty;
    for (const all of this.#alternatives) if (meetsAll(bundle, all)) return true;
    return false;
  }
}

interface Least {
  readonly column: number;
  readonly least: number;
}

function meetsAll(bundle: Bundle, all: readonly Least[]): boolean {
  for (const { column, least } of all) if (quantityIn(bundle, column) < least) return false;
  return true;
}
