import { describe, expect, it } from 'vitest';
import { describeRequirement, meets, type NodeRequirement } from '../../../src/base/node-requirement.ts';

const need = (must: NodeRequirement['must'], ...values: string[]): NodeRequirement => ({
  attribute: 'zone',
  must,
  values,
});

describe('what a node must be', () => {
  it.each([
    [need('exists'), { zone: '' }, true],
    [need('exists'), {}, false],
    [need('missing'), {}, true],
    [need('missing'), { zone: 'a' }, false],
    [need('not-in', 'a', 'b'), { zone: 'b' }, false],
    [need('not-in', 'a', 'b'), { zone: 'c' }, true],
    [need('not-in', 'a'), {}, true],
    [need('tolerates'), {}, true],
    [need('tolerates'), { zone: 'gpu=yes:NoSchedule' }, false],
    [need('tolerates', 'gpu=yes:NoSchedule'), { zone: 'gpu=yes:NoSchedule' }, true],
    [need('tolerates', 'gpu=no:NoSchedule'), { zone: 'gpu=yes:NoSchedule' }, false],
    [need('tolerates', 'gpu=*:NoSchedule'), { zone: 'gpu=yes:NoExecute' }, false],
    [need('tolerates', 'gpu=*:*'), { zone: 'gpu=yes:NoExecute,spot=:NoSchedule' }, false],
    [need('tolerates', 'gpu=*:*', 'spot=:*'), { zone: 'gpu=yes:NoExecute,spot=:NoSchedule' }, true],
    [need('tolerates', '*=*:*'), { zone: 'a/b=c:NoSchedule,d=:NoExecute' }, true],
  ])('%j is met by %j: %s', (requirement, attributes, expected) => {
    expect(meets(requirement, attributes as Record<string, string>)).toBe(expected);
  });

  it('is none of what every object has', () => {
    expect(meets({ attribute: 'toString', must: 'exists', values: [] }, {})).toBe(false);
  });

  it.each([
    [need('exists'), 'any zone'],
    [need('missing'), 'nothing as zone'],
    [need('not-in', 'a', 'b'), 'zone other than a or b'],
    [need('tolerates'), 'only zone that are tolerated'],
    [need('tolerates', 'x=*:*'), 'only zone that are tolerated (x=*:*)'],
  ])('%j is told as: %s', (requirement, text) => {
    expect(describeRequirement(requirement)).toBe(text);
  });
});
