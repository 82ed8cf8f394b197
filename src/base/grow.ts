/** A column of numbers that can be copied into a longer one. */
type Column = Float64Array | Int32Array | Uint32Array | Uint8Array;

/** Gives a column of at least `length` rows that begins with the rows of `column`; doubles, so that growth is cheap. */
export function grown<C extends Column>(column: C, length: number): C {
  if (column.length >= length) return column;
  const Kind = column.constructor as new (length: number) => C;
  const larger = new Kind(Math.max(length, column.length * 2, 16));
  larger.set(column);
  return larger;
}
