import { describe, expect, it } from 'vitest';
import { hasPlainQuotes } from '../../../../src/workload/readers/plain-quotes.ts';

function isPlain(text: string): boolean {
  const bytes = new TextEncoder().encode(`"${text}`);
  return hasPlainQuotes(bytes, 1, bytes.length, 44);
}

describe('quotes', () => {
  it.each(['1,2\n', '"1",2\n', '1,"2"\r\n', '"a,b","","c d"\n', '1,2\n"3",4\n'])('of %j are plain', (text) => {
    expect(isPlain(text)).toBe(true);
  });

  it.each([
    ['that are escaped', '"a""b",2\n'],
    ['around a line feed', '"a\nb",2\n'],
    ['behind a blank', ' "a",2\n'],
    ['before a blank', '"a" ,2\n'],
    ['before a carriage return alone', '"a"\r,2\n'],
    ['inside a cell', '1,5" disk\n'],
    ['that are not closed', '1,"2\n'],
  ])('%s are not', (_, text) => {
    expect(isPlain(text)).toBe(false);
  });
});
