import { ScenarioError } from '../../base/errors.ts';
import type { SourceAccount, WorkloadContext } from '../workload-source.ts';

/**
 * Finds the columns of the run's resources for those that a format knows, in the order of `names`; -1 for one that the
 * cluster does not have, which then is not counted, as the rules of the account say.
 *
 * Throws a ScenarioError where the cluster has none of them.
 */
export function demandColumns(
  names: readonly string[],
  format: string,
  { resources }: Pick<WorkloadContext, 'resources'>,
  account: SourceAccount,
): number[] {
  const columns = names.map((name) => resources.findIndex((resource) => resource.name === name));
  if (columns.every((column) => column < 0)) {
    const known = resources.map((resource) => resource.name).join(', ') || 'no resource';
    const message = `${format} tells of ${names.join(', ')}, and the cluster has ${known}`;
    throw new ScenarioError([{ path: 'format', message }]);
  }
  const left = names.filter((_, i) => columns[i]! < 0);
  if (left.length > 0) account.rules['not-counted'] = left.join(', ');
  return columns;
}
