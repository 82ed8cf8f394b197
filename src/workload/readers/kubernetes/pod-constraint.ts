import type { NodeRequirement } from '../../../base/node-requirement.ts';
import { at, isObject, listAt } from '../document.ts';

/** The attribute of nodes that lists their taints. */
export const TAINTS = 'taints';

/** Where a pod may run. */
export interface PodConstraint {
  /** For each label one of the values. */
  readonly wanted: Readonly<Record<string, readonly string[]>>;
  readonly requirements: readonly NodeRequirement[];
}

/**
 * Gives where a pod may run, by its node selector, its required node affinity and its tolerations, or the reason why that
 * cannot be said.
 *
 * What is only preferred, and what depends on other pods, is not looked at.
 */
export function podConstraint(spec: unknown): PodConstraint | string {
  const wanted = new Map<string, readonly string[]>();
  const requirements: NodeRequirement[] = [tolerations(spec)];
  const selector = at(spec, 'nodeSelector');
  for (const [key, value] of isObject(selector) ? Object.entries(selector) : []) narrow(key, [String(value)]);

  const affinity = at(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  const terms = listAt(affinity, 'nodeSelectorTerms');
  if (terms.length > 1) return 'node affinity with alternatives';
  if (listAt(terms[0], 'matchFields').length > 0) return 'node affinity by field';
  for (const expression of listAt(terms[0], 'matchExpressions')) {
    const attribute = String(at(expression, 'key'));
    const values = listAt(expression, 'values').map(String);
    const operator = at(expression, 'operator');
    if (operator === 'In') narrow(attribute, values);
    else if (operator === 'NotIn') requirements.push({ attribute, must: 'not-in', values });
    else if (operator === 'Exists') requirements.push({ attribute, must: 'exists', values: [] });
    else if (operator === 'DoesNotExist') requirements.push({ attribute, must: 'missing', values: [] });
    else return `node affinity operator ${String(operator)}`;
  }
  return { wanted: Object.fromEntries(wanted), requirements };

  function narrow(key: string, values: readonly string[]): void {
    const before = wanted.get(key);
    wanted.set(key, before === undefined ? values : before.filter((value) => values.includes(value)));
  }
}

function tolerations(spec: unknown): NodeRequirement {
  const values = listAt(spec, 'tolerations').map((toleration) => {
    const key = at(toleration, 'key') ?? '*';
    const value = at(toleration, 'operator') === 'Exists' ? '*' : (at(toleration, 'value') ?? '');
    return `${String(key)}=${String(value)}:${String(at(toleration, 'effect') ?? '*')}`;
  });
  return { attribute: TAINTS, must: 'tolerates', values };
}

/** Gives a node's taints as the attribute of that name; those that only prefer are none. */
export function taintsOf(taints: readonly unknown[]): string {
  return taints
    .filter((taint) => at(taint, 'effect') !== 'PreferNoSchedule')
    .map((taint) => `${String(at(taint, 'key'))}=${String(at(taint, 'value') ?? '')}:${String(at(taint, 'effect'))}`)
    .join(',');
}
