import { describe, expect, it } from 'vitest';
import { chooseMetrics, inWords, unitOf } from '../../../src/experiment/choose-metrics.ts';

describe('metrics', () => {
  it('know their units', () => {
    expect(['wait.p95', 'makespan', 'utilization.cpus', 'wait.zero'].map(unitOf)).toEqual(['s', 's', 'share', 'jobs']);
  });

  it('have names in words', () => {
    expect(inWords('bounded-slowdown.p95')).toBe('p95 bounded slowdown');
    expect(inWords('utilization.cpus')).toBe('utilization.cpus');
    expect(inWords('makespan')).toBe('makespan');
  });

  it('are chosen by name, several at once, or all', () => {
    expect(chooseMetrics(['wait.mean, makespan', 'wait.mean'], ['cpus'])).toEqual(['wait.mean', 'makespan']);
    expect(chooseMetrics([], ['cpus', 'gpus'])).toContain('utilization.gpus');
    expect(chooseMetrics(['all'], ['cpus']).length).toBeGreaterThan(40);
    expect(() => chooseMetrics(['wait.meen'], ['cpus'])).toThrow('did you mean `wait.mean`');
    expect(() => chooseMetrics(['utilization.gpus'], ['cpus'])).toThrow('there is no metric `utilization.gpus`');
  });
});
