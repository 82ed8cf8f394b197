import { describe, expect, it } from 'vitest';
import { resolveAllocator } from '../../../../src/allocators/create.ts';
import { findPolicy } from '../../../../src/conformance/schedules/policies.ts';

describe('a policy of the case files', () => {
  it.each([
    ['fcfs', 'fifo', { queue: 'strict' }],
    ['fcfs-skip', 'fifo', { queue: 'skip' }],
    ['sjf-skip', 'sjf', { queue: 'skip' }],
    ['wfp3', 'wfp3', { queue: 'strict' }],
    ['f4-skip', 'f4', { queue: 'skip' }],
    ['prio-nonpre', 'priority', { queue: 'strict' }],
    ['easy-sjbf', 'easy', { order: 'sjbf' }],
    ['conservative-replan', 'conservative', { 'on-early-end': 'replan' }],
  ])('%s is an allocator of ours with options that it takes', (policy, allocator, options) => {
    expect(findPolicy(policy)).toEqual({ allocator, options });
    expect(resolveAllocator(allocator, options)).toHaveProperty('resolved');
  });

  it('is none where nothing of ours is meant', () => {
    expect(['fcfss', 'easy-skip', 'drf', 'random', '', 'toString', '-skip'].map(findPolicy)).toEqual(
      Array.from({ length: 7 }, () => null),
    );
  });
});
