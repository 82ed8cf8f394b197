import { ScenarioError } from '../../base/errors.ts';
import type { WorkloadContext } from '../workload-source.ts';

/**
 * Finds the column that a format counts its processors in: `cpus`, or the only resource of a cluster without.
 *
 * @throws ScenarioError where the cluster has neither.
 */
export function processorColumn(format: string, { resources }: Pick<WorkloadContext, 'resources'>): number {
  const cpus = resources.findIndex((resource) => resource.name === 'cpus');
  if (cpus >= 0) return cpus;
  if (resources.length === 1) return 0;
  const names = resources.map((resource) => resource.name).join(', ') || 'no resource';
  const message = `${format} counts processors, and the cluster has no \`cpus\` but ${names}`;
  throw new ScenarioError([{ path: 'format', message }]);
}
