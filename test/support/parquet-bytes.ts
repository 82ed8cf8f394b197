import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';

/** Writes a small Parquet file; with `rowGroupSize`, in row groups of so many rows. */
export function parquetBytes(columns: readonly ColumnSource[], rowGroupSize = 1_000): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData: [...columns], rowGroupSize }));
}
