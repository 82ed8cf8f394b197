import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MomentTree } from '../../../src/metrics/moment-tree.ts';

describe('MomentTree', () => {
  it('begins empty', () => {
    const tree = new MomentTree();
    expect([tree.count, tree.sum, tree.squares]).toEqual([0, 0, 0]);
    expect([tree.least, tree.greatest]).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });

  it('holds count, sum, sum of squares, least and greatest', () => {
    const tree = new MomentTree();
    tree.put(0, 3);
    tree.put(5, 1);
    tree.put(2, 4);
    // 3 + 1 + 4; 9 + 1 + 16
    expect([tree.count, tree.sum, tree.squares, tree.least, tree.greatest]).toEqual([3, 8, 26, 1, 4]);
    tree.put(5, 2);
    tree.remove(2);
    tree.remove(2);
    tree.remove(99);
    expect([tree.count, tree.sum, tree.squares, tree.least, tree.greatest]).toEqual([2, 5, 13, 2, 3]);
  });

  it('agrees with adding up anew, whatever is put and removed', () => {
    const step = fc.record({ row: fc.nat(40), value: fc.option(fc.nat(1000), { freq: 3 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const tree = new MomentTree();
        const rows = new Map<number, number>();
        for (const { row, value } of steps) {
          if (value === null) tree.remove(row);
          else tree.put(row, value);
          if (value === null) rows.delete(row);
          else rows.set(row, value);
          const all = [...rows.values()];
          expect(tree.count).toBe(all.length);
          expect(tree.sum).toBe(all.reduce((sum, x) => sum + x, 0));
          expect(tree.squares).toBe(all.reduce((sum, x) => sum + x * x, 0));
          expect(tree.least).toBe(Math.min(...all));
          expect(tree.greatest).toBe(Math.max(...all));
        }
      }),
    );
  });

  it('does not drift: what is left after large values have come and gone is exact', () => {
    const tree = new MomentTree();
    tree.put(0, 0.1);
    for (let i = 0; i < 1000; i++) tree.put(1, 1e15 + i);
    tree.remove(1);
    expect([tree.sum, tree.squares]).toEqual([0.1, 0.1 * 0.1]);
  });
});
