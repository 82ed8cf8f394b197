import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFault } from '../../../../src/workload/readers/json-fault.ts';

describe('the fault of a text that is not JSON', () => {
  it.each([
    ['{"a": 1,}', 8, '"}" stands where key should be'],
    ['{"a" 1}', 5, '"1}" stands where : should be'],
    ['[1 2]', 3, '"2]" stands where , or ] should be'],
    ['[1, 2', 5, 'the text ends where a closing ] is missing'],
    ['{"a": "b', 6, 'a text that does not end, or holds a control character'],
    ['{} x', 3, '"x" stands where the text should end'],
    ['[NaN]', 1, '"NaN]" stands where value or ] should be'],
    ['', 0, 'the text ends where a value is missing'],
  ])('of %j is at %i', (text, at, message) => {
    expect(jsonFault(text)).toEqual({ at, message });
  });

  it('is found exactly where an engine finds one, whatever is done to the text', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '{', ']', '"', ',', ':', '1', 'e', '\\', '\u0001', '-', '.'),
        (text, where, put) => {
          const at = where % (text.length + 1);
          const changed = text.slice(0, at) + put + text.slice(at + 1);
          expect(jsonFault(changed) === null).toBe(isJson(changed));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
