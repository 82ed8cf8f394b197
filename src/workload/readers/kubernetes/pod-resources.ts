/** What pods demand, in the order of the columns of a run. */
export const POD_RESOURCES = ['cpus', 'mem', 'gpus', 'disk', 'pods'] as const;

/** One of {@link POD_RESOURCES}. */
export type PodResource = (typeof POD_RESOURCES)[number];

/** By resource: how many steps a unit of Kubernetes is counted in, and how many of those make one of ours. */
export const STEPS = {
  cpus: [1_000, 1_000],
  mem: [1, 1_048_576],
  gpus: [1, 1],
  disk: [1, 1_048_576],
  pods: [1, 1],
} as const;

/** Gives our name of a resource of Kubernetes; undefined for one that is not counted. */
export function resourceName(name: string): PodResource | undefined {
  if (name === 'cpu') return 'cpus';
  if (name === 'memory') return 'mem';
  if (name === 'ephemeral-storage') return 'disk';
  if (name === 'pods') return 'pods';
  return name.endsWith('/gpu') ? 'gpus' : undefined;
}
