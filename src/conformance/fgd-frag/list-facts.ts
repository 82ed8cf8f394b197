import type { Fields } from '../fields.ts';
import { tallyOfPods } from '../openb/openb-run.ts';
import { gpuOf } from '../openb/pod-stream.ts';
import type { OpenbPod } from '../openb/read-openb.ts';
import type { Verdict } from '../verdict.ts';

/** Counts of a list of pods, each by its name in the file. */
const COUNTS: Readonly<Record<string, (pods: readonly OpenbPod[]) => number>> = {
  pods: (pods) => pods.length,
  cpu_only: (pods) => pods.filter(({ gpus }) => gpus === 0).length,
  shared_gpu: (pods) => pods.filter(({ gpus, gpuMilli }) => gpus === 1 && gpuMilli < 1000).length,
  one_gpu: (pods) => withGpus(pods, 1),
  two_gpu: (pods) => withGpus(pods, 2),
  four_gpu: (pods) => withGpus(pods, 4),
  eight_gpu: (pods) => withGpus(pods, 8),
  total_gpu_milli: (pods) => pods.reduce((sum, pod) => sum + gpuOf(pod), 0),
  typical_shapes_95pct: (pods) => tallyOfPods(pods).typical(0.95).kinds,
};

/** Holds what a file says of a list against the list. */
export function listFacts(one: Fields, verdict: Verdict, pods: readonly OpenbPod[]): void {
  for (const key of one.keys) {
    if (!Object.hasOwn(COUNTS, key)) continue;
    verdict.same(key, COUNTS[key]!(pods), one.number(key));
    verdict.serve(key);
  }
}

function withGpus(pods: readonly OpenbPod[], count: number): number {
  return pods.filter(({ gpus, gpuMilli }) => gpus === count && gpuMilli === 1000).length;
}
