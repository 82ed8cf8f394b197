import { describe, expect, it } from 'vitest';
import { type ByteSource, bytesInMemory, readHead } from '../../../src/base/byte-source.ts';

describe('bytes in memory', () => {
  it('come in pieces of at most 256 KiB that make the whole', async () => {
    const whole = Uint8Array.from({ length: 600_000 }, (_, i) => i % 251);
    const pieces: Uint8Array[] = [];
    for await (const piece of bytesInMemory('whole', whole).chunks()) pieces.push(piece);
    expect(pieces.map((piece) => piece.length)).toEqual([262_144, 262_144, 75_712]);
    expect(Buffer.compare(Buffer.concat(pieces), whole)).toBe(0);
  });

  it('are the UTF-8 of a text', async () => {
    for await (const piece of bytesInMemory('text', 'é').chunks()) expect([...piece]).toEqual([0xc3, 0xa9]);
  });

  it('may be read again', async () => {
    const source = bytesInMemory('text', 'again');
    expect(new TextDecoder().decode(await readHead(source))).toBe('again');
    expect(new TextDecoder().decode(await readHead(source))).toBe('again');
  });
});

describe('the head of a source', () => {
  it('is put together from chunks and ends where asked', async () => {
    let asked = 0;
    let closed = false;
    const source: ByteSource = {
      name: 'endless',
      async *chunks() {
        try {
          for (;;) {
            asked++;
            yield new TextEncoder().encode('abc');
          }
        } finally {
          closed = true;
        }
      },
    };
    expect(new TextDecoder().decode(await readHead(source, 7))).toBe('abcabca');
    expect(asked).toBe(3);
    expect(closed).toBe(true);
  });

  it('is all there is where that is less', async () => {
    expect((await readHead(bytesInMemory('short', 'ab'), 7)).length).toBe(2);
    expect((await readHead(bytesInMemory('empty', ''), 7)).length).toBe(0);
  });
});
