/**
 * Moves the value of rank `k` among `values[from..to]` (both ends included) to position k; smaller values then stand
 * before it and larger ones behind. O(n) on average; equal values do no harm.
 *
 * @see Hoare, Algorithm 65: Find, CACM 1961
 */
export function select(values: Float64Array, k: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const pivot = median(values[low]!, values[(low + high) >>> 1]!, values[high]!);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const value = values[i]!;
      values[i++] = values[j]!;
      values[j--] = value;
    }
    // values[low..j] <= pivot <= values[i..high], and what lies between j and i is the pivot
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k]!;
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
