import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { deflateBase64 } from '../../../src/platform/deflate.ts';
import { pack, unpack } from '../../../src/report/pack.ts';

const ARRAYS = {
  time: Float64Array.of(0, 1.5, Number.NaN, -1e300),
  value: Float32Array.of(0.25, 3),
  code: Int32Array.of(-1, 2, 2 ** 31 - 1),
  lane: Uint16Array.of(65_535, 0, 1),
  colour: Uint8Array.of(255, 0),
  none: new Float64Array(0),
};

describe('arrays in a page', () => {
  it('come out as they went in, by way of deflating and base64', () => {
    const { entries, bytes } = pack(ARRAYS);
    const back = inflateSync(Buffer.from(deflateBase64(bytes), 'base64'));
    expect(unpack(JSON.parse(JSON.stringify(entries)), back)).toEqual(ARRAYS);
  });

  it('have the lowest bytes of all numbers first', () => {
    expect([...pack({ two: Uint16Array.of(0x0102, 0x0304) }).bytes]).toEqual([2, 4, 1, 3]);
  });
});
