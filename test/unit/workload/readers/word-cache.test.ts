import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Interner } from '../../../../src/base/interner.ts';
import { WordCache } from '../../../../src/workload/readers/word-cache.ts';

describe('a cache of words', () => {
  const names = new Interner();
  const cache = new WordCache(names);
  const word = (text: string): string => {
    const bytes = new TextEncoder().encode(`,${text},`);
    return names.name(cache.id(bytes, 1, bytes.length - 1));
  };

  it('gives every word as it is written, known or not', async () => {
    const text = fc.oneof(fc.constantFrom('ann', 'bob', 'é', ''), fc.string({ maxLength: 5 }));
    await fc.assert(
      fc.property(text, (written) => word(written) === written),
      { numRuns: 10_000 },
    );
  });

  it('tells words of one hash apart', () => {
    // 31 x 'A' + 'a' = 31 x 65 + 97 = 2112 = 31 x 66 + 66 = 31 x 'B' + 'B'.
    expect([word('Aa'), word('BB'), word('Aa')]).toEqual(['Aa', 'BB', 'Aa']);
  });

  it('forgets rather than grows without end', () => {
    for (let i = 0; i < 10_000; i++) expect(word(`w${i}`)).toBe(`w${i}`);
    expect(word('w0')).toBe('w0');
  });
});
