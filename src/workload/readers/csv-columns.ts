import type { ResourceCatalog } from '../../base/amounts.ts';
import { type Place, ScenarioError } from '../../base/errors.ts';
import type { Interner } from '../../base/interner.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { WorkloadContext } from '../workload-source.ts';
import type { Cells } from './cells.ts';
import { ColumnFinder, constantName, type NameColumn, type NumberColumn, type TextColumn } from './column-finder.ts';
import type { ColumnMap, ColumnSpec } from './reader.ts';

/** Places of the numbers of a record; the demand of resource r stands at `demand + r`. */
export const NumberSlot = { submit: 0, duration: 1, tasks: 2, estimate: 3, priority: 4, demand: 5 } as const;

/** Where the fields of a job stand in one CSV file. */
export interface CsvColumns {
  /** Whether the first record names the columns and is no data. */
  readonly hasHeader: boolean;
  /** By {@link NumberSlot}; constants for what is not given. */
  readonly numbers: readonly NumberColumn[];
  /** Null where jobs have no names. */
  readonly job: TextColumn | null;
  readonly framework: NameColumn;
  /** What framework-by came to. */
  readonly frameworkBy: string;
}

const NOTHING: ColumnSpec = { value: 0 };

/**
 * Finds the columns of a job by the first record, which stands at `place`.
 *
 * The record is a header where a column is asked for by name, or where no number stands in any column that should hold
 * one. Throws a ScenarioError with everything that does not match the file.
 */
export function findColumns(
  map: ColumnMap,
  frameworkBy: string,
  { resources, frameworks }: Pick<WorkloadContext, 'resources' | 'frameworks'>,
  first: Cells,
  place: Place,
): CsvColumns {
  const find = (names: readonly string[] | null): CsvColumns => {
    const finder = new ColumnFinder(names, first.count, place);
    const columns = assemble(map, frameworkBy, resources, frameworks, finder);
    if (finder.problems.length > 0) throw new ScenarioError(finder.problems);
    return columns;
  };
  const names = Array.from({ length: first.count }, (_, i) => first.text(i));
  if (asksForNames(map, frameworkBy)) return find(names);
  const byNumber = find(null);
  return holdsNumbers(byNumber, first) ? byNumber : find(names);
}

function assemble(
  map: ColumnMap,
  by: string,
  resources: ResourceCatalog,
  names: Interner,
  finder: ColumnFinder,
): CsvColumns {
  for (const name of Object.keys(map.demand)) {
    if (resources.some((resource) => resource.name === name)) continue;
    const known = resources.map((resource) => resource.name);
    const message = `the cluster has no \`${name}\` but ${known.join(', ')}`;
    finder.problem(`columns.demand.${name}`, message, didYouMean(name, known));
  }
  const { submit, duration, tasks, estimate, priority, demand } = map;
  return {
    hasHeader: finder.hasNames,
    numbers: [
      finder.time('submit', submit ?? NOTHING),
      finder.time('duration', duration),
      finder.number('tasks', tasks ?? { value: 1 }),
      finder.time('estimate', estimate ?? NOTHING),
      finder.number('priority', priority ?? NOTHING),
      ...resources.map((of) => finder.quantity(`demand.${of.name}`, demand[of.name] ?? NOTHING, of)),
    ],
    job: map.job === undefined ? null : finder.text('job', map.job),
    ...frameworkColumn(map.framework, by, names, finder),
  };
}

/** `user` is what framework-by is when nobody said anything, and so means no more than: a column of that name, if any. */
function frameworkColumn(
  spec: ColumnSpec | undefined,
  by: string,
  names: Interner,
  finder: ColumnFinder,
): Pick<CsvColumns, 'framework' | 'frameworkBy'> {
  if (spec !== undefined) {
    if (by !== 'user') finder.problem('framework-by', 'given besides `columns.framework`; one of them is enough');
    return { framework: finder.name('framework', spec, names), frameworkBy: 'columns.framework' };
  }
  if (by === 'none' || (by === 'user' && !finder.has(by)))
    return { framework: constantName('all', names), frameworkBy: 'none' };
  return { framework: finder.name('framework-by', by, names), frameworkBy: by };
}

function asksForNames(map: ColumnMap, frameworkBy: string): boolean {
  const named = columnSpecs(map).some(([, spec]) =>
    typeof spec === 'object' ? 'column' in spec && typeof spec.column === 'string' : typeof spec === 'string',
  );
  return named || (frameworkBy !== 'user' && frameworkBy !== 'none');
}

function holdsNumbers({ numbers }: CsvColumns, cells: Cells): boolean {
  const given = numbers.filter((column) => column.isCell);
  const value = new Float64Array(1);
  const holds = (column: NumberColumn) => {
    column.read(cells, value, 0);
    return !Number.isNaN(value[0]!);
  };
  return given.length === 0 || given.some(holds);
}

/** Gives every spec of a map with its key. */
export function columnSpecs({ demand, ...fields }: ColumnMap): [string, ColumnSpec][] {
  const demands = Object.entries(demand).map(([name, spec]): [string, ColumnSpec] => [`demand.${name}`, spec]);
  return [...(Object.entries(fields) as [string, ColumnSpec][]), ...demands];
}

/** Gives a spec as an account states it, such as `runtime in h` or `value 4GB`. */
export function describeColumn(spec: ColumnSpec): string | number {
  if (typeof spec !== 'object') return spec;
  if ('value' in spec) return `value ${spec.value}`;
  const { column, unit, factor } = spec;
  return [column, unit && `in ${unit}`, factor && `x ${factor}`].filter((part) => part !== undefined).join(' ');
}
