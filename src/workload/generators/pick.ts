/** Gives the item into whose share `p`, from 0 to 1, falls; the last one takes what rounding leaves over. */
export function pick<Item extends { readonly share: number }>(items: readonly Item[], p: number): Item {
  let left = p;
  for (const item of items) {
    left -= item.share;
    if (left < 0) return item;
  }
  return items.at(-1)!;
}
