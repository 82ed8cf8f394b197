import { at, isObject, type JsonObject } from '../document.ts';

/** Like pods that one object of a cluster asks for. */
export interface PodSet {
  readonly kind: string;
  /** `namespace/name`. */
  readonly name: string;
  readonly namespace: string;
  /** How many run side by side. */
  readonly width: number;
  /** How many there are in the end; above the width, each place is taken by one after the other. */
  readonly completions: number;
  readonly spec: JsonObject;
  /** Those of the pods go before those of the object. */
  readonly annotations: JsonObject;
  readonly labels: JsonObject;
  readonly object: JsonObject;
}

/** Pods of one job that come one after the other are limited, as each is a stage. */
const MOST_COMPLETIONS = 100_000;

/** What keeps a number of pods. */
const REPLICATED = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet']);

/** Says whether objects of the kind make pods that are replayed. */
export function makesPods(kind: unknown): boolean {
  return kind === 'Pod' || kind === 'Job' || REPLICATED.has(kind as string);
}

/** Gives the pods that an object asks for, or the reason why it asks for none. */
export function podSet(object: JsonObject): PodSet | string {
  const kind = at(object, 'kind');
  if (typeof kind !== 'string') return 'missing: kind';
  if (!makesPods(kind)) return `kind ${kind}`;
  const name = at(object, 'metadata', 'name') ?? at(object, 'metadata', 'generateName');
  if (typeof name !== 'string') return 'missing: metadata.name';
  const template = kind === 'Pod' ? object : at(object, 'spec', 'template');
  const spec = at(template, 'spec');
  if (!isObject(spec)) return 'missing: spec of the pods';
  const counts = kind === 'Pod' ? { width: 1, completions: 1 } : countsOf(object, kind);
  if (typeof counts === 'string') return counts;
  const namespace = String(at(object, 'metadata', 'namespace') ?? 'default');
  return {
    kind,
    name: `${namespace}/${name}`,
    namespace,
    ...counts,
    spec,
    annotations: { ...mapping(object, 'annotations'), ...mapping(template, 'annotations') },
    labels: { ...mapping(object, 'labels'), ...mapping(template, 'labels') },
    object,
  };
}

function countsOf(object: JsonObject, kind: string): { width: number; completions: number } | string {
  const count = (key: string): number | string | undefined => {
    const value = at(object, 'spec', key);
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) return `not a whole number: ${key}`;
    return value;
  };
  if (REPLICATED.has(kind)) {
    const replicas = count('replicas') ?? 1;
    if (replicas === 0) return 'no replicas';
    return typeof replicas === 'string' ? replicas : { width: replicas, completions: replicas };
  }
  if (at(object, 'spec', 'suspend') === true) return 'suspended';
  const parallelism = count('parallelism') ?? 1;
  if (typeof parallelism === 'string') return parallelism;
  const completions = count('completions') ?? parallelism;
  if (typeof completions === 'string') return completions;
  const width = Math.min(parallelism, completions);
  if (width === 0) return 'no replicas';
  if (completions > width && completions > MOST_COMPLETIONS) return 'too many completions';
  return { width, completions };
}

function mapping(holder: unknown, key: string): JsonObject {
  const value = at(holder, 'metadata', key);
  return isObject(value) ? value : {};
}
