/** A thinned series: the rows that are kept, in order. */
export type KeptRows = Int32Array;

/**
 * Thins a series to about so many rows and keeps its peaks: of each of `limit / 4` equal parts of time the first, the
 * least, the greatest and the last row.
 *
 * @param times rising.
 * @param columns what the peaks are of; with several, each adds its own.
 * @returns all rows where there are at most `limit`.
 */
export function decimate(times: Float64Array, columns: readonly Float64Array[], limit: number): KeptRows {
  const count = times.length;
  if (count <= limit) return Int32Array.from({ length: count }, (_, row) => row);
  const parts = Math.max(1, Math.floor(limit / (2 + 2 * columns.length)));
  const from = times[0]!;
  const width = (times[count - 1]! - from) / parts;
  const kept = new Set<number>();
  let first = 0;
  for (let part = 0; part < parts && first < count; part++) {
    let next = first + 1;
    const end = part === parts - 1 ? Number.POSITIVE_INFINITY : from + (part + 1) * width;
    if (times[first]! >= end) continue;
    while (next < count && times[next]! < end) next++;
    keepPeaks(kept, columns, first, next);
    first = next;
  }
  return Int32Array.from(kept).sort();
}

/** Keeps the first, least, greatest and last of the rows `first` to `next - 1`. */
function keepPeaks(kept: Set<number>, columns: readonly Float64Array[], first: number, next: number): void {
  kept.add(first).add(next - 1);
  for (const values of columns) {
    let least = first;
    let greatest = first;
    for (let row = first; row < next; row++) {
      if (values[row]! < values[least]!) least = row;
      if (values[row]! > values[greatest]!) greatest = row;
    }
    kept.add(least).add(greatest);
  }
}

/** Gives the rows of a column that are kept. */
export function pick(values: Float64Array, rows: KeptRows): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}
