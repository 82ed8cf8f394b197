/** What a GPU has in whole, in thousandths. */
const WHOLE = 1000;

/**
 * Chooses devices that have `each` free for a request of `count` of them: those with the least free, the first of equals.
 *
 * @returns their positions in that order, or null where there are not so many.
 */
export function tightestFit(devices: Float64Array, each: number, count: number): number[] | null {
  const fitting = [...devices.keys()].filter((d) => devices[d]! >= each);
  if (fitting.length < count) return null;
  return fitting.sort((a, b) => devices[a]! - devices[b]! || a - b).slice(0, count);
}

/**
 * Scores a node as GpuPacking does: best where devices in use take the request, then a node in use, then an idle one.
 *
 * @returns a whole number up to 100, or null where the request does not fit.
 */
export function gpuPackingScore(devices: Float64Array, each: number, count: number): number | null {
  const chosen = tightestFit(devices, each, count);
  if (chosen === null) return null;
  const idle = devices.filter((free) => free === WHOLE).length;
  if (idle === devices.length) return Math.max(33 - idle, idle);
  const broken = chosen.filter((d) => devices[d] === WHOLE).length;
  if (broken > 0) return Math.max(50 - broken, 33);
  const left = chosen.reduce((sum, d) => sum + Math.floor((devices[d]! * 100) / WHOLE), 0);
  return Math.max(100 - Math.floor(left / 10), 50);
}

/** The largest node, by which the scores measure. */
const MOST_CPU = 128_000;
const MOST_GPU = 8 * WHOLE;

/** What a node has free, and what a pod asks of it, in milli-cores and milli-GPUs. */
export interface Match {
  readonly cpu: number;
  readonly devices: Float64Array;
  readonly pod: { readonly cpu: number; readonly each: number; readonly count: number };
}

/** Scores a node by how little it would have left. */
export function bestFitScore({ cpu, devices, pod }: Match): number {
  const gpu = sumOf(devices) - pod.each * pod.count;
  return Math.floor(100 * (1 - (0.5 * (cpu - pod.cpu)) / MOST_CPU - (0.5 * gpu) / MOST_GPU));
}

/** Scores a node by how little its free amounts and the demand point the same way. */
export function dotProductScore({ cpu, devices, pod }: Match): number {
  const dot =
    (cpu / MOST_CPU) * (pod.cpu / MOST_CPU) + (sumOf(devices) / MOST_GPU) * ((pod.each * pod.count) / MOST_GPU);
  return Math.floor(100 * (1 - dot / 2));
}

/**
 * Scores a node by whether it holds pods of the same class alone, then among others, then by how full it is.
 *
 * @param classes how many classes of pods with GPUs the node holds, and whether that of the pod is one of them.
 */
export function gpuClusteringScore({ devices, pod }: Match, classes: number, holdsClass: boolean): number {
  if (pod.count === 0) return 0;
  const full = Math.floor((25 * (MOST_GPU - sumOf(devices))) / MOST_GPU);
  if (classes === 0) return full + 25;
  if (!holdsClass) return full;
  return full + (classes === 1 ? 75 : 50);
}

function sumOf(devices: Float64Array): number {
  return devices.reduce((sum, free) => sum + free, 0);
}
