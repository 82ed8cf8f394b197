import { DEFAULT_SCALE, type Resource, type ResourceCatalog, resource } from '../base/amounts.ts';
import { scaleOf } from './precision.ts';
import { at, entriesOf, isMap, itemsOf } from './raw.ts';

/** Gives the resources of a run: all that some node has, in order of first appearance. */
export function resourceCatalog(scenario: {
  readonly cluster: unknown;
  readonly resources?: unknown;
}): ResourceCatalog {
  const devices = new Map<string, boolean>();
  for (const group of itemsOf(at(scenario.cluster, 'nodes'))) {
    for (const [name, capacity] of entriesOf(at(group, 'capacity'))) {
      devices.set(name, (devices.get(name) ?? false) || isMap(capacity));
    }
  }
  return [...devices].map(([name, hasDevices]) => measured(name, hasDevices, scenario.resources));
}

function measured(name: string, devices: boolean, resources: unknown): Resource {
  const precision = at(at(resources, name), 'precision');
  const scale = typeof precision === 'number' ? scaleOf(precision) : null;
  return resource(name, { scale: scale ?? DEFAULT_SCALE, devices });
}
