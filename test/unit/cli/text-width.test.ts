import { describe, expect, it } from 'vitest';
import textWidth from '../../../src/cli/text-width.ts';
import wrapText from '../../../src/cli/wrap-text.ts';

describe('the width of text', () => {
  it.each([
    ['', 0],
    ['--allocator', 11],
    ['█▂ ✓ ─━ · … é', 13],
    ['\u001b[31mred\u001b[39m', 3],
    ['作业 7', 6],
    ['한글', 4],
    ['e\u0301', 1],
    ['🙂', 2],
    ['a\u200bb', 2],
  ])('of %j is %i', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe('wrapped text', () => {
  it('breaks between words', () => {
    expect(wrapText('Simulate a scenario once', 10)).toBe('Simulate a\nscenario\nonce');
  });

  it('keeps the breaks that are there', () => {
    expect(wrapText('one\n\ntwo three', 5)).toBe('one\n\ntwo\nthree');
  });

  it('breaks a word that is longer than a line', () => {
    expect(wrapText('a cluster.nodes.0.count', 8)).toBe('a\ncluster.\nnodes.0.\ncount');
  });
});
