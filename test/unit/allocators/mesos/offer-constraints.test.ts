import { describe, expect, it } from 'vitest';
import { type AttributeConstraint, readConstraint } from '../../../../src/allocators/mesos/offer-constraints.ts';

const node = {
  hostname: 'node-7',
  region: 'eu',
  zone: null,
  attributes: [
    ['rack', 'r1'],
    ['rack', 'r2'],
    ['cores', 8],
  ] as const,
};
const rack = { attribute: 'rack' };
const none = { attribute: 'none' };
const cores = { attribute: 'cores' };

describe('offer constraints', () => {
  it.each<[boolean, AttributeConstraint]>([
    [true, { selector: rack, predicate: 'exists' }],
    [false, { selector: none, predicate: 'exists' }],
    [true, { selector: none, predicate: 'not_exists' }],
    [false, { selector: 'hostname', predicate: 'not_exists' }],
    [true, { selector: 'zone', predicate: 'not_exists' }],
    [true, { selector: 'region', predicate: { text_equals: 'eu' } }],
    [true, { selector: rack, predicate: { text_equals: 'r1' } }],
    // The second attribute of a name is never looked at.
    [false, { selector: rack, predicate: { text_equals: 'r2' } }],
    [true, { selector: rack, predicate: { text_not_equals: 'r2' } }],
    [false, { selector: none, predicate: { text_equals: 'r1' } }],
    [true, { selector: none, predicate: { text_not_equals: 'r1' } }],
    [true, { selector: 'hostname', predicate: { text_matches: 'node-[0-9]' } }],
    // The whole text must match.
    [false, { selector: 'hostname', predicate: { text_matches: 'node' } }],
    [true, { selector: 'hostname', predicate: { text_not_matches: 'node' } }],
    [false, { selector: none, predicate: { text_matches: '.*' } }],
    [true, { selector: none, predicate: { text_not_matches: '.*' } }],
    // What is no text satisfies every comparison with text.
    [true, { selector: cores, predicate: { text_equals: 'x' } }],
    [true, { selector: cores, predicate: { text_not_equals: 'x' } }],
    [true, { selector: cores, predicate: { text_matches: 'x' } }],
    [true, { selector: cores, predicate: { text_not_matches: '.*' } }],
  ])('hold: %s for %j', (holds, constraint) => {
    expect(readConstraint([[constraint]])(node)).toBe(holds);
  });

  it('hold if all of one group do', () => {
    const yes: AttributeConstraint = { selector: rack, predicate: 'exists' };
    const no: AttributeConstraint = { selector: rack, predicate: 'not_exists' };
    expect(readConstraint([[yes, no], [yes]])(node)).toBe(true);
    expect(readConstraint([[yes, no], [no]])(node)).toBe(false);
    expect(readConstraint([])(node)).toBe(false);
  });
});
