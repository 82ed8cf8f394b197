import { type Resource, resource } from '../base/amounts.ts';

/** The columns of the tidy format in their order; one for each resource follows. Docs: docs/formats/tidy.md. */
export const TIDY_COLUMNS = [
  'index',
  'job',
  'framework',
  'submit_s',
  'estimate_s',
  'priority',
  'weight',
  'gang',
  'killed',
  'constraint',
  'speeds',
  'stage',
  'parents',
  'tasks',
  'run_s',
] as const;

export type TidyColumn = (typeof TIDY_COLUMNS)[number];

const DEMAND = 'demand_';
const MEBIBYTES = '_mib';

/** Names the column of a resource: `demand_cpus`, `demand_mem_mib`. */
export function demandColumn({ name, unit }: Resource): string {
  return `${DEMAND}${name}${unit === 'MiB' ? MEBIBYTES : ''}`;
}

/** Gives the name of the resource that a column tells of; null for any other column. */
export function demandedResource(column: string): string | null {
  if (!column.startsWith(DEMAND)) return null;
  const name = column.slice(DEMAND.length);
  const counted = name.endsWith(MEBIBYTES) ? name.slice(0, -MEBIBYTES.length) : name;
  return resource(counted).unit === 'MiB' ? counted : name;
}
