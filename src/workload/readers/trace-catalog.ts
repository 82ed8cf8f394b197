import { type ResourceCatalog, resource } from '../../base/amounts.ts';
import type { ByteSource } from '../../base/byte-source.ts';
import type { TraceOptions } from './reader.ts';
import { traceReader } from './registry.ts';

/** What formats tell of that do not say what they tell of. */
const USUAL = ['cpus', 'mem', 'disk', 'gpus'] as const;

/** Steps in a unit: fine enough for normalised amounts, and coarse enough that a pool of two billion units stays exact. */
const SCALE = 1_000_000;

/**
 * Gives the resources that a trace is read in where there is no cluster that says which there are, in millionths.
 *
 * Reads the head of the file where that names them. Throws a ScenarioError for an unknown format.
 */
export async function traceCatalog(
  bytes: ByteSource,
  { format, ...options }: Pick<TraceOptions, 'format' | 'columns' | 'delimiter'>,
): Promise<ResourceCatalog> {
  const { resources = USUAL } = traceReader(format);
  const names = typeof resources === 'function' ? await resources(bytes, options) : resources;
  return names.map((name) => resource(name, { scale: SCALE }));
}
