import { expect, test } from 'vitest';
import { ancestors, isRolePath } from '../../../src/scenario/role-path.ts';

test.each(['eng', 'eng/ads', 'a.b/c', '*', '.hidden', 'Team A', '7'])('%j is a role path', (path) => {
  expect(isRolePath(path)).toBe(true);
});

test.each(['', '/', '/a', 'a/', 'a//b', '.', '..', 'a/../b', 'a/./b', 'a\nb'])('%j is none', (path) => {
  expect(isRolePath(path)).toBe(false);
});

test('the roles above a path come nearest first', () => {
  expect(ancestors('a/b/c')).toEqual(['a/b', 'a']);
  expect(ancestors('a')).toEqual([]);
});
