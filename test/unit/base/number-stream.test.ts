import { describe, expect, it } from 'vitest';
import { NumberStream } from '../../../src/base/number-stream.ts';

/** A hasher that keeps what it is given. */
function gathering() {
  const parts: Uint8Array[] = [];
  return {
    update: (bytes: Uint8Array) => void parts.push(bytes.slice()),
    hex: () => Buffer.concat(parts).toString('hex'),
    bytes: () => Buffer.concat(parts),
  };
}

describe('NumberStream', () => {
  it('hands on doubles and lines of text in the order in which they came', () => {
    const hasher = gathering();
    const stream = new NumberStream(hasher);
    const expected: Buffer[] = [];
    const double = (value: number) => {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleLE(value);
      expected.push(bytes);
    };
    const texts = ['', 'job-1', 'naïve', '作业', 'x'.repeat(255), 'x'.repeat(256), `${'x'.repeat(250)}ä`];
    // Enough to fill the block more than once, at every offset of a text within it.
    for (let i = 0; i < 6_000; i++) {
      stream.add(i);
      double(i);
      const text = `${texts[i % texts.length]}${i}`;
      stream.text(text);
      expected.push(Buffer.from(`${text}\n`));
      stream.addFive(1, -0, 2 ** 50, i, 0.5);
      for (const value of [1, -0, 2 ** 50, i, 0.5]) double(value);
    }
    stream.hex();
    expect(hasher.bytes().equals(Buffer.concat(expected))).toBe(true);
  });
});
