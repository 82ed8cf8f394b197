import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ByteSource, bytesInMemory } from '../../../../src/base/byte-source.ts';
import { LINE_LIMIT, LineReader } from '../../../../src/workload/readers/line-reader.ts';
import { decode } from '../../../../src/workload/readers/token-cursor.ts';
import { cutAt } from './read-trace.ts';

async function linesOf(source: ByteSource): Promise<string[]> {
  const reader = new LineReader(source, 'SWF');
  const lines: string[] = [];
  while (await reader.more()) {
    while (reader.next()) lines[reader.line - 1] = decode(reader.bytes, reader.start, reader.end);
  }
  return lines;
}

const MEGABYTE = new Uint8Array(1024 * 1024).fill(0x31);

describe('lines', () => {
  it.each([
    ['', []],
    ['\n', ['']],
    ['one', ['one']],
    ['one\n', ['one']],
    ['one\n\ntwo', ['one', '', 'two']],
    ['one\r\ntwo\r\n', ['one\r', 'two\r']],
    ['\ufeffone\ntwo', ['one', 'two']],
    ['one\n\ufefftwo', ['one', '\ufefftwo']],
  ])('of %j are %j', async (text, lines) => {
    expect(await linesOf(bytesInMemory('file', text))).toEqual(lines);
  });

  it('do not depend on where chunks end', async () => {
    const text = fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', 'é', '')).map((parts) => `.${parts.join('')}`);
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat()), async (whole, cuts) => {
        const expected = whole.replace(/\n$/, '').split('\n');
        expect(await linesOf(cutAt(new TextEncoder().encode(whole), cuts))).toEqual(expected);
      }),
    );
  });

  it('may be as long as the limit, in one chunk or many', async () => {
    const longest = '1'.repeat(LINE_LIMIT);
    expect((await linesOf(bytesInMemory('file', `${longest}\n2`))).map((line) => line.length)).toEqual([LINE_LIMIT, 1]);
    expect((await linesOf(cutAt(new TextEncoder().encode(longest), [1, 500_000])))[0]!.length).toBe(LINE_LIMIT);
  });

  it('beyond the limit are an error with their place, wherever chunks end', async () => {
    const bytes = new TextEncoder().encode(`1\n${'2'.repeat(LINE_LIMIT + 1)}\n3\n`);
    for (const cuts of [[], [2], [LINE_LIMIT + 2], [LINE_LIMIT + 3]]) {
      await expect(linesOf(cutAt(bytes, cuts, 'log.swf'))).rejects.toThrow(
        'log.swf:2: a line longer than 1048576 bytes: this does not look like SWF',
      );
    }
  });

  it('of a gigabyte are given up after the first two megabytes', async () => {
    let given = 0;
    const endless: ByteSource = {
      name: 'endless.swf',
      async *chunks() {
        for (; given < 1024; given++) yield MEGABYTE;
      },
    };
    await expect(linesOf(endless)).rejects.toThrow('endless.swf:1: a line longer than 1048576 bytes');
    expect(given).toBeLessThan(3);
  });

  it('with a NUL byte are an error with their place', async () => {
    await expect(linesOf(bytesInMemory('x.bin', 'one\ntwo\nthr\0ee\n'))).rejects.toThrow(
      'x.bin:3: a NUL byte: this does not look like SWF (expected UTF-8 text)',
    );
    await expect(linesOf(cutAt(new TextEncoder().encode('one\ntwo\nthr\0ee\n'), [5], 'x.bin'))).rejects.toThrow(
      'x.bin:3:',
    );
  });

  it('that end in a carriage return alone are an error, for they would all be one', async () => {
    await expect(linesOf(bytesInMemory('mac.swf', '1 2 3\r4 5 6\r'))).rejects.toThrow(
      'mac.swf:1: lines end in a carriage return alone (convert them to line feeds)',
    );
  });

  it('leave the source when closed', async () => {
    let closed = false;
    const source: ByteSource = {
      name: 'file',
      async *chunks() {
        try {
          yield new TextEncoder().encode('one\ntwo\n');
          yield new TextEncoder().encode('three\n');
        } finally {
          closed = true;
        }
      },
    };
    const reader = new LineReader(source, 'SWF');
    await reader.more();
    await reader.close();
    expect(closed).toBe(true);
  });
});
