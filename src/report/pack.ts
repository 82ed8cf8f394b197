/** What a page can hold of columns. */
export type PackedArray = Float64Array | Float32Array | Int32Array | Uint16Array | Uint8Array;

const KINDS = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u16: Uint16Array,
  u8: Uint8Array,
} as const;

/** Name, kind and length of one array of a pack. */
export type PackEntry = readonly [name: string, kind: keyof typeof KINDS, length: number];

/** Arrays one behind the other in bytes, and what they are. */
export interface Pack {
  readonly entries: readonly PackEntry[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Lays arrays out for deflating: of each array first the lowest bytes of all numbers, then the next ones, as bytes of
 * one place are alike; in the order of this machine's bytes, which is the one browsers have.
 */
export function pack(arrays: Readonly<Record<string, PackedArray>>): Pack {
  const entries = Object.entries(arrays).map(([name, array]): PackEntry => [name, kindOf(array), array.length]);
  const bytes = new Uint8Array(Object.values(arrays).reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: size } of Object.values(arrays)) {
    const own = new Uint8Array(buffer, byteOffset, byteLength);
    const count = byteLength / size;
    for (let place = 0; place < size; place++) {
      for (let i = 0; i < count; i++) bytes[at++] = own[i * size + place]!;
    }
  }
  return { entries, bytes };
}

/** Gives the arrays of a pack by name. */
export function unpack(entries: readonly PackEntry[], bytes: Uint8Array): Record<string, PackedArray> {
  const arrays: Record<string, PackedArray> = {};
  let at = 0;
  for (const [name, kind, count] of entries) {
    const array = new KINDS[kind](count);
    const size = array.BYTES_PER_ELEMENT;
    const own = new Uint8Array(array.buffer);
    for (let place = 0; place < size; place++) {
      for (let i = 0; i < count; i++) own[i * size + place] = bytes[at++]!;
    }
    arrays[name] = array;
  }
  return arrays;
}

function kindOf(array: PackedArray): keyof typeof KINDS {
  const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];
  return kinds.find((kind) => array instanceof KINDS[kind])!;
}
