import { describe, expect, it } from 'vitest';
import { podConstraint, taintsOf } from '../../../../../src/workload/readers/kubernetes/pod-constraint.ts';
import { podDemand } from '../../../../../src/workload/readers/kubernetes/pod-demand.ts';

const asks = (requests: object, more: object = {}) => ({ resources: { requests }, ...more });
const limits = (all: object) => ({ resources: { limits: all } });

describe('the demand of a pod (cpus, MiB, GPUs, MiB of disk, pods)', () => {
  it.each([
    [
      'the sum of its containers',
      { containers: [asks({ cpu: '100m', memory: '64Mi' }), asks({ cpu: '200m' })] },
      [0.3, 64, 0, 0, 1],
    ],
    [
      'its limits where it asks for nothing',
      { containers: [limits({ cpu: 2, 'nvidia.com/gpu': '1' })] },
      [2, 0, 1, 0, 1],
    ],
    [
      'what it asks for, not its limits',
      { containers: [{ resources: { requests: { cpu: 1 }, limits: { cpu: 4, memory: '1Gi' } } }] },
      [1, 1024, 0, 0, 1],
    ],
    [
      'the greatest of those that initialise, where that is more',
      { containers: [asks({ cpu: 1 })], initContainers: [asks({ cpu: 3 }), asks({ cpu: 2 })] },
      [3, 0, 0, 0, 1],
    ],
    [
      'the sidecars beside the containers',
      { containers: [asks({ cpu: 1 })], initContainers: [asks({ cpu: 2 }, { restartPolicy: 'Always' })] },
      [3, 0, 0, 0, 1],
    ],
    [
      'one that initialises beside the sidecars before it',
      {
        containers: [asks({ cpu: 1 })],
        initContainers: [asks({ cpu: 2 }, { restartPolicy: 'Always' }), asks({ cpu: 5 })],
      },
      [7, 0, 0, 0, 1],
    ],
    ['the overhead on top', { containers: [asks({ cpu: 1 })], overhead: { cpu: '250m' } }, [1.25, 0, 0, 0, 1]],
    [
      'what the pod asks for as a whole',
      { containers: [asks({ cpu: 1, memory: '1Gi' })], resources: { requests: { cpu: 4 } } },
      [4, 1024, 0, 0, 1],
    ],
    ['its storage as disk', { containers: [asks({ 'ephemeral-storage': '1G' })] }, [0, 0, 0, 953.67431640625, 1]],
    ['nothing', {}, [0, 0, 0, 0, 1]],
  ])('is %s', (_, spec, expected) => {
    expect(podDemand(spec)).toEqual(expected);
  });

  it('is told apart from what is no quantity', () => {
    expect(podDemand({ containers: [asks({ memory: '1GiB' })] })).toBe('not a quantity: memory');
  });
});

const affinity = (...nodeSelectorTerms: object[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
});

const term = (...matchExpressions: object[]) => ({ matchExpressions });

describe('where a pod may run', () => {
  it('follows from its selector and affinity together, by every operator', () => {
    const spec = {
      nodeSelector: { disk: 'ssd', zone: 'a' },
      ...affinity(
        term(
          { key: 'zone', operator: 'In', values: ['a', 'b'] },
          { key: 'age', operator: 'NotIn', values: ['old'] },
          { key: 'gpu', operator: 'Exists' },
          { key: 'virtual', operator: 'DoesNotExist' },
        ),
      ),
    };
    expect(podConstraint(spec)).toEqual({
      wanted: { disk: ['ssd'], zone: ['a'] },
      requirements: [
        { attribute: 'taints', must: 'tolerates', values: [] },
        { attribute: 'age', must: 'not-in', values: ['old'] },
        { attribute: 'gpu', must: 'exists', values: [] },
        { attribute: 'virtual', must: 'missing', values: [] },
      ],
    });
  });

  it('follows from its tolerations', () => {
    const tolerations = [
      { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
      { key: 'spot', operator: 'Exists' },
      { operator: 'Exists', effect: 'NoExecute' },
    ];
    expect(podConstraint({ tolerations })).toMatchObject({
      requirements: [{ values: ['gpu=yes:NoSchedule', 'spot=*:*', '*=*:NoExecute'] }],
    });
  });

  it.each([
    [affinity(term(), term()), 'node affinity with alternatives'],
    [affinity({ matchFields: [{ key: 'metadata.name' }] }), 'node affinity by field'],
    [affinity(term({ key: 'cores', operator: 'Gt', values: ['4'] })), 'node affinity operator Gt'],
  ])('cannot be said of %j', (spec, reason) => {
    expect(podConstraint(spec)).toBe(reason);
  });

  it('leaves out taints that only prefer', () => {
    const taints = [
      { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
      { key: 'busy', effect: 'PreferNoSchedule' },
      { key: 'gone', effect: 'NoExecute' },
    ];
    expect(taintsOf(taints)).toBe('gpu=yes:NoSchedule,gone=:NoExecute');
  });
});
