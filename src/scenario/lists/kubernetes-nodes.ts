import { quote } from '../../base/quote.ts';
import { at, isObject, listAt } from '../../workload/readers/document.ts';
import { looksLikeManifests, readManifests } from '../../workload/readers/kubernetes/manifests.ts';
import { TAINTS, taintsOf } from '../../workload/readers/kubernetes/pod-constraint.ts';
import { resourceName, STEPS } from '../../workload/readers/kubernetes/pod-resources.ts';
import { quantityInSteps } from '../../workload/readers/kubernetes/quantity.ts';
import type { ListedNodes, NodeDocumentFormat } from './node-list.ts';

/** Tells what is wrong with a node. */
type Fault = (message: string) => void;

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/**
 * Manifests of Kubernetes' nodes: what pods may use of them, their labels as attributes, and their taints as the attribute
 * that the tolerations of pods look at.
 *
 * A node that is cordoned takes no pods and is left out, as a run begins with none on it.
 *
 * @see https://kubernetes.io/docs/reference/node/node-status/
 */
export const kubernetesNodes: NodeDocumentFormat = {
  name: 'kubernetes',
  summary: 'Kubernetes nodes as YAML or JSON: allocatable amounts, labels as attributes, taints',
  looksLikeText: looksLikeManifests,
  read(text, book) {
    const nodes: ListedNodes[] = [];
    for (const manifest of readManifests(text, book.file)) {
      const { object, line } = manifest;
      book.account.read++;
      const reason = whyNoNode(object);
      if (reason !== null) {
        book.skip(reason);
        continue;
      }
      const name = at(object, 'metadata', 'name');
      const fault: Fault = (message) => book.fault(manifest, message);
      nodes.push({
        row: { line },
        name: typeof name === 'string' ? name : '',
        capacity: capacityOf(object, fault, (what) => book.note(what)),
        attributes: attributesOf(object, fault, (what) => book.note(what)),
      });
    }
    return nodes;
  },
};

function whyNoNode(object: unknown): string | null {
  const kind = at(object, 'kind');
  if (typeof kind !== 'string') return 'missing: kind';
  if (kind !== 'Node') return `kind ${kind}`;
  // Others call their own objects so too.
  const version = at(object, 'apiVersion') ?? 'v1';
  if (version !== 'v1') return `kind Node of ${String(version)}`;
  return at(object, 'spec', 'unschedulable') === true ? 'unschedulable' : null;
}

/** Cores, MiB and devices, from the first list of amounts that there is. */
function capacityOf(object: unknown, fault: Fault, note: Fault): ListedNodes['capacity'] {
  const amounts = [
    at(object, 'status', 'allocatable'),
    at(object, 'status', 'capacity'),
    at(object, 'spec', 'capacity'),
  ].find((list) => isObject(list) && Object.keys(list).length > 0);
  const capacity = new Map<string, number>();
  for (const [key, value] of isObject(amounts) ? Object.entries(amounts) : []) {
    const own = resourceName(key);
    const [finest, unit] = own === undefined ? [1_000, 1_000] : STEPS[own];
    const steps = quantityInSteps(value, finest);
    const isWhole = own !== 'gpus' || (quantityInSteps(value, 1_000) ?? 0) % 1_000 === 0;
    if (steps === null || steps < 0 || !isWhole || !Number.isFinite(steps)) {
      const expected =
        own === 'gpus' ? 'a whole number of 0 or more' : 'a quantity of 0 or more, such as 8, 500m or 64Gi';
      fault(`\`${key}\` must be ${expected}, not ${quote(String(value))}`);
    } else if (own !== undefined) capacity.set(own, (capacity.get(own) ?? 0) + steps / unit);
    else if (steps > 0) note(`${key}, not counted`);
  }
  return Object.fromEntries(
    [...capacity].map(([own, amount]) => [own, own === 'gpus' ? { devices: amount } : amount] as const),
  );
}

function attributesOf(object: unknown, fault: Fault, note: Fault): Readonly<Record<string, string>> {
  const attributes = new Map<string, string>();
  const labels = at(object, 'metadata', 'labels');
  for (const [key, value] of isObject(labels) ? Object.entries(labels) : []) {
    if (key === TAINTS) note(`label ${TAINTS}, which is what taints are called here`);
    else if (typeof value === 'object') fault(`the label \`${key}\` must be a text`);
    else attributes.set(key, String(value));
  }
  const taints = listAt(object, 'spec', 'taints');
  for (const taint of taints) if (!isTaint(taint)) fault(`${quote(JSON.stringify(taint))} is no taint`);
  const listed = taintsOf(taints);
  if (listed !== '') attributes.set(TAINTS, listed);
  return Object.fromEntries(attributes);
}

/** The attribute lists taints as `key=value:effect`, so none of its marks may stand in a part. */
function isTaint(taint: unknown): boolean {
  const [key, value, effect] = [at(taint, 'key'), at(taint, 'value') ?? '', at(taint, 'effect')];
  return (
    typeof key === 'string' &&
    /^[^=:,]+$/.test(key) &&
    typeof value !== 'object' &&
    !/[:,]/.test(String(value)) &&
    EFFECTS.includes(effect as string)
  );
}
