import { at, isObject, listAt } from '../document.ts';
import { POD_RESOURCES, resourceName, STEPS } from './pod-resources.ts';
import { quantityInSteps } from './quantity.ts';

/** Whole thousandths of cpus, bytes of mem and disk, gpus and pods. */
type Amounts = number[];

/**
 * Gives what one pod demands of {@link POD_RESOURCES}, in cores, MiB and devices, or the reason why that cannot be said.
 *
 * Containers add up; those that initialise run one at a time before them, but for sidecars, which stay; the overhead comes
 * on top. A limit stands for a request that is missing, and what the pod asks for as a whole goes before its parts.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function podDemand(spec: unknown): number[] | string {
  let fault: string | undefined;
  const read = (list: unknown): Amounts => {
    const amounts = POD_RESOURCES.map(() => 0);
    for (const [name, value] of isObject(list) ? Object.entries(list) : []) {
      const own = resourceName(name);
      if (own === undefined) continue;
      const steps = quantityInSteps(value, STEPS[own][0]);
      if (steps === null) fault ??= `not a quantity: ${name}`;
      else amounts[POD_RESOURCES.indexOf(own)]! += steps;
    }
    return amounts;
  };
  /** What a container asks for; its limits where it asks for nothing. */
  const asked = (holder: unknown): Amounts => {
    const resources = at(holder, 'resources');
    const requests = at(resources, 'requests');
    const limits = at(resources, 'limits');
    return read({ ...(isObject(limits) && limits), ...(isObject(requests) && requests) });
  };

  const running = listAt(spec, 'containers').map(asked).reduce(sum, none());
  let sidecars = none();
  let greatest = none();
  for (const container of listAt(spec, 'initContainers')) {
    const own = asked(container);
    greatest = larger(greatest, sum(sidecars, own));
    if (at(container, 'restartPolicy') === 'Always') sidecars = sum(sidecars, own);
  }
  const parts = larger(greatest, sum(running, sidecars));
  const whole = asked(spec);
  const isAsked = (i: number): boolean => whole[i]! > 0;
  const demand = sum(
    parts.map((amount, i) => (isAsked(i) ? whole[i]! : amount)),
    read(at(spec, 'overhead')),
  );
  demand[POD_RESOURCES.indexOf('pods')] = 1;
  return fault ?? demand.map((amount, i) => amount / STEPS[POD_RESOURCES[i]!][1]);
}

const none = (): Amounts => POD_RESOURCES.map(() => 0);
const sum = (a: Amounts, b: Amounts): Amounts => a.map((amount, i) => amount + b[i]!);
const larger = (a: Amounts, b: Amounts): Amounts => a.map((amount, i) => Math.max(amount, b[i]!));
