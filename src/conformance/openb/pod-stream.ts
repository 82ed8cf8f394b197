import { below, type Random } from '../../base/random.ts';
import type { OpenbPod } from './read-openb.ts';

/** Thousandths of GPUs that a pod takes in all. */
export function gpuOf({ gpus, gpuMilli }: OpenbPod): number {
  return gpus * gpuMilli;
}

/**
 * Gives the pods in the order in which an experiment submits them: by name, shuffled, then copies of pods drawn at random
 * until the next would take what is asked for past the target. Of a list that asks for more, pods drawn at random are left out.
 *
 * @param target thousandths of GPUs.
 */
export function podStream(pods: readonly OpenbPod[], target: number, random: Random): OpenbPod[] {
  const list = [...pods].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  shuffle(list, random);
  let asked = list.reduce((sum, pod) => sum + gpuOf(pod), 0);
  while (asked > target) {
    const [pod] = list.splice(below(random, list.length), 1);
    asked -= gpuOf(pod!);
  }
  const original = list.length;
  for (;;) {
    const pod = list[below(random, original)]!;
    if (asked + pod.gpuMilli > target) return list;
    list.push(pod);
    asked += gpuOf(pod);
  }
}

function shuffle<T>(list: T[], random: Random): void {
  for (let left = list.length; left > 1; left--) {
    const drawn = below(random, left);
    const last = list[left - 1]!;
    list[left - 1] = list[drawn]!;
    list[drawn] = last;
  }
}
