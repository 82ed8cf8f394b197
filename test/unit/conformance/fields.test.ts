import { describe, expect, it } from 'vitest';
import { CaseError, Fields } from '../../../src/conformance/fields.ts';

describe('the fields of a case', () => {
  const open = () => new Fields({ a: 1, b: { c: 'x', d: null }, list: [{ e: 2 }, { e: 3 }], amounts: [1, '1/2'] }, '');

  it('say what was not read, at every depth', () => {
    const one = open();
    expect(one.unread()).toEqual(['a', 'b', 'list', 'amounts']);
    one.number('a');
    one.fields('b').text('c');
    one.items('list')[1]!.number('e');
    expect(one.unread()).toEqual(['amounts', 'b.d', 'list.0.e']);
    one.prose('amounts');
    one.fields('b').prose('d');
    one.items('list')[0]!.number('e');
    expect(one.unread()).toEqual([]);
  });

  it('take a null for nothing, and as read', () => {
    const one = open().fields('b');
    expect(one.has('d')).toBe(false);
    expect(() => one.number('d')).toThrow('b.d is missing');
    one.prose('c');
    expect(one.unread()).toEqual([]);
  });

  it('read numbers and fractions', () => {
    expect(open().numbers('amounts')).toEqual([1, 0.5]);
  });

  it.each([
    ['a number where text is', (one: Fields) => one.fields('b').number('c'), 'b.c: expected a number, got "x"'],
    ['text where a number is', (one: Fields) => one.text('a'), 'a: expected text, got 1'],
    ['a list where an object is', (one: Fields) => one.list('b'), 'b: expected a list, got {"c":"x","d":null}'],
    [
      'an object where a list is',
      (one: Fields) => one.fields('list'),
      'list: expected an object, got [{"e":2},{"e":3}]',
    ],
    ['a flag where a number is', (one: Fields) => one.flag('a'), 'a: expected true or false, got 1'],
    ['texts where numbers are', (one: Fields) => one.texts('amounts'), 'amounts: expected texts, got 1'],
    ['what is not there', (one: Fields) => one.fields('b').raw('toString'), 'b.toString is missing'],
  ])('refuse %s', (_what, read, message) => {
    expect(() => read(open())).toThrow(new CaseError(message));
  });
});
