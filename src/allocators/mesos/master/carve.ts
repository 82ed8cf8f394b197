import { Bundle } from '../resources/bundle.ts';
import type { RichResource } from '../resources/rich-resource.ts';

/**
 * Takes what a task demands out of a bundle, what is reserved or revocable first; null where it does not suffice.
 *
 * @param demand whole steps, one a resource.
 */
export function carve(bundle: Bundle, demand: Float64Array): Bundle | null {
  const plain = new Array<number>(demand.length).fill(0);
  const rich: RichResource[] = [];
  for (let column = 0; column < demand.length; column++) {
    let need = demand[column]!;
    for (const one of bundle.rich) {
      if (need === 0) break;
      if (one.kind.column !== column || one.kind.type !== 'scalar' || one.kind.counted) continue;
      const taken = Math.min(need, one.size);
      rich.push({ ...one, size: taken });
      need -= taken;
    }
    if (need > (bundle.plain[column] ?? 0)) return null;
    plain[column] = need;
  }
  return new Bundle(plain, rich);
}
