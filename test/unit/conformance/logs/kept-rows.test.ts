import { expect, it } from 'vitest';
import { keptRows } from '../../../../src/conformance/logs/kept-rows.ts';

/** The text that is left where the second number of a row is above 1, however the bytes are cut. */
async function kept(text: string, piece: number): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const log = {
    name: 'log',
    async *chunks() {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
    },
  };
  const parts: Uint8Array[] = [];
  for await (const chunk of keptRows(log, 2, ([, second]) => second! > 1).chunks()) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

it('leaves out the rows that a rule refuses, wherever the text is cut', async () => {
  const text = '; å 1 1\n\n1 1 9\n 2 2 9\r\n3\n4 0\n5 x\n6 5';
  for (const piece of [1, 2, 3, 7, 1000]) {
    expect(await kept(text, piece)).toBe('; å 1 1\n\n 2 2 9\r\n3\n6 5');
  }
});

it('leaves out the last row as well', async () => {
  expect(await kept('1 2\n2 1', 100)).toBe('1 2\n');
});
