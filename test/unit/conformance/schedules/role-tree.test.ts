import { describe, expect, it } from 'vitest';
import { parseRoleTree } from '../../../../src/conformance/schedules/role-tree.ts';

const lines = (text: string) =>
  parseRoleTree(text).map(({ path, weight, leaf }) => `${path} ${weight}${leaf ? '' : ' …'}`);

describe('a tree of roles', () => {
  it('is read with its weights', () => {
    expect(lines('root(sci:50, eng:50(dev:30, prod:20))')).toEqual(['sci 50', 'eng 50 …', 'eng/dev 30', 'eng/prod 20']);
  });

  it('has weights of 1 where none are written; what follows is prose', () => {
    expect(lines('root(q1,q2(q21,q22(q221)),q3) equal weights')).toEqual([
      'q1 1',
      'q2 1 …',
      'q2/q21 1',
      'q2/q22 1 …',
      'q2/q22/q221 1',
      'q3 1',
    ]);
  });

  it.each([
    ['root', 'tree: expected `(` after the root, got the end'],
    ['root(a', 'tree: expected `,` or `)`, got the end'],
    ['root(a b)', 'tree: expected `,` or `)`, got b'],
    ['root()', 'tree: expected a name, got )'],
    ['root(a:)', 'tree: expected a name, got )'],
    ['root(a:x)', 'tree: the weight of a is no number above zero'],
  ])('is refused where it is wrong: %s', (text, message) => {
    expect(() => parseRoleTree(text)).toThrow(message);
  });
});
