import type { PageHeader } from 'hyparquet';

/** What of a column's schema decides how its pages are laid out. */
export interface LevelDepths {
  /** The deepest level of repetition; 0 where no list is on the way. */
  readonly repetition: number;
  /** The deepest level of definition; 0 where nothing can be missing. */
  readonly definition: number;
}

const RUN_BYTES = 4;

/**
 * Checks that the runs of a data page hold as many values as its header says: of its levels, and of its numbers in a
 * dictionary. A decoder believes what a run says of its length, and one flipped bit can say a billion.
 *
 * @param page what follows the header, unpacked. @throws Error where a run is longer or shorter than it may be.
 */
export function checkPage(page: Uint8Array, { data_page_header: header }: PageHeader, depths: LevelDepths): void {
  if (header === undefined) return;
  const runs = new Runs(page);
  const { num_values: values, encoding } = header;
  if (depths.repetition > 0) runs.level(depths.repetition, values);
  const present = depths.definition > 0 ? runs.level(depths.definition, values) : values;
  if (encoding.endsWith('_DICTIONARY')) runs.indexes(present);
}

/** The same for a page of the second version, whose levels are never packed. */
export function checkPageV2(
  levels: Uint8Array,
  page: Uint8Array,
  { data_page_header_v2: header }: PageHeader,
  depths: LevelDepths,
): void {
  const { repetition_levels_byte_length: split, num_values: values, num_nulls: nulls, encoding } = header!;
  if (nulls < 0 || nulls > values) throw new Error('a page with more values missing than it has');
  if (depths.repetition > 0) new Runs(levels.subarray(0, split)).upTo(widthOf(depths.repetition), values);
  if (depths.definition > 0) new Runs(levels.subarray(split)).upTo(widthOf(depths.definition), values);
  if (encoding.endsWith('_DICTIONARY')) new Runs(page).indexes(values - nulls);
}

function widthOf(level: number): number {
  return 32 - Math.clz32(level);
}

/** Walks runs of equal numbers and of packed ones, without making either. */
class Runs {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Passes the runs of one kind of level, behind their length in bytes; gives how many values have the deepest. */
  level(deepest: number, values: number): number {
    const length = this.#little(RUN_BYTES);
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new Error('levels that are longer than their page');
    const present = this.upTo(widthOf(deepest), values, deepest);
    this.#at = end;
    return present;
  }

  /** Passes numbers of places in a dictionary, behind the byte that says how wide they are. */
  indexes(values: number): void {
    if (values === 0) return;
    const width = this.#little(1);
    if (width > 32) throw new Error('numbers of more than 32 bits');
    if (width > 0) this.upTo(width, values);
  }

  /** Passes runs until there are so many values; gives how many of them are `counted`. */
  upTo(width: number, values: number, counted = -1): number {
    const bytes = Math.ceil(width / 8);
    let found = 0;
    for (let seen = 0; seen < values; ) {
      const header = this.#varint();
      const isPacked = (header & 1) === 1;
      const count = isPacked ? (header >>> 1) * 8 : header >>> 1;
      // Packed values come in eights, of which the last may be filled up.
      if (count === 0 || count > values - seen + (isPacked ? 7 : 0))
        throw new Error('a run of more values than its page');
      const start = this.#at;
      if (!isPacked) {
        if (this.#little(bytes) === counted) found += count;
      } else {
        this.#at += (count / 8) * width;
        if (counted >= 0) found += this.#countPacked(start, width, Math.min(count, values - seen), counted);
      }
      if (this.#at > this.#bytes.length + bytes) throw new Error('a run that ends behind its page');
      seen += count;
    }
    return found;
  }

  #countPacked(start: number, width: number, count: number, counted: number): number {
    let found = 0;
    for (let i = 0; i < count; i++) {
      let value = 0;
      for (let bit = 0; bit < width; bit++) {
        const place = i * width + bit;
        value |= (((this.#bytes[start + (place >> 3)] ?? 0) >> (place & 7)) & 1) << bit;
      }
      if (value === counted) found++;
    }
    return found;
  }

  #little(bytes: number): number {
    let value = 0;
    for (let i = 0; i < bytes; i++) value |= this.#byte() << (8 * i);
    return value >>> 0;
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
    throw new Error('a run whose length has too many bytes');
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new Error('a page that ends too early');
    return byte;
  }
}
