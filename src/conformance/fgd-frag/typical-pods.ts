import { TaskMix } from '../../cluster/task-mix.ts';
import type { Fields } from '../fields.ts';
import { commonScale, inSteps } from '../fraction.ts';

/** A set of typical pods: the mix, and what each kind asks of the node's type of GPU. */
export interface TypicalPods {
  readonly mix: TaskMix;
  /** By kind, whether a node with GPUs of that type will do. */
  mayRun(type: string): Uint8Array;
}

/** Reads a set as it is written; its weights are percent and need not come to a hundred. */
export function readTypicalPods(pods: readonly Fields[]): TypicalPods {
  const weights = pods.map((pod) => pod.fraction('weight_pct'));
  const scale = commonScale(weights);
  const types = pods.map((pod) => pod.text('gpu_type'));
  const kinds = pods.map((pod, i) => ({
    count: inSteps(weights[i]!, scale),
    each: pod.number('gpu_milli'),
    devices: pod.number('gpu_count'),
    rest: [pod.number('cpu_milli')],
    constraint: 0,
  }));
  return {
    mix: new TaskMix(kinds, 100 * scale),
    mayRun: (type) => Uint8Array.from(types, (wanted) => Number(allows(wanted, type))),
  };
}

/** Says whether a wish such as `T4`, `V100M16|V100M32` or none at all is met by a type of GPU. */
export function allows(wanted: string, type: string): boolean {
  return wanted === '' || wanted.split('|').includes(type);
}
