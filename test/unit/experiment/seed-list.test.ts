import { describe, expect, it } from 'vitest';
import { readSeeds } from '../../../src/experiment/seed-list.ts';

describe('seeds', () => {
  it('are counted up from the seed of the scenario', () => {
    expect(readSeeds('3', '7')).toEqual(['7', '8', '9']);
    expect(readSeeds('2', '99999999999999999999')).toEqual(['99999999999999999999', '100000000000000000000']);
    expect(readSeeds('3', 'heavy')).toEqual(['heavy', 'heavy-2', 'heavy-3']);
    expect(readSeeds('2', '007')).toEqual(['007', '007-2']);
  });

  it('are a range with both ends, or a list', () => {
    expect(readSeeds('9..11', 'x')).toEqual(['9', '10', '11']);
    expect(readSeeds('4..4', 'x')).toEqual(['4']);
    expect(readSeeds('heavy,', 'x')).toEqual(['heavy']);
    expect(readSeeds('3, 17,heavy', 'x')).toEqual(['3', '17', 'heavy']);
  });

  it.each([
    ['0', 'there must be 1 to'],
    ['3..1', 'ends before it begins'],
    ['1..9999999999', 'there must be 1 to'],
    ['a,b,a', 'seed a stands in it twice'],
    ['a,,b', 'expected how many'],
    ['heavy', 'for this one seed write --seeds heavy,'],
    ['', 'expected how many'],
  ])('written as `%s` are refused', (text, reason) => {
    expect(() => readSeeds(text, '1')).toThrow(reason);
  });
});
