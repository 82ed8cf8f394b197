import type { ResourceCatalog } from '../../base/amounts.ts';
import { type Place, ScenarioError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Cells } from './cells.ts';
import { ColumnFinder, type NumberColumn, type TextColumn } from './column-finder.ts';
import type { ColumnMap, ColumnSpec } from './reader.ts';

/** Where the fields of a job stand in one CSV file; null for what is not given. */
export interface CsvColumns {
  /** Whether the first record names the columns and is no data. */
  readonly hasHeader: boolean;
  readonly submit: NumberColumn | null;
  readonly duration: NumberColumn;
  readonly tasks: NumberColumn | null;
  readonly estimate: NumberColumn | null;
  readonly priority: NumberColumn | null;
  /** By resource of the run; null for one that no task asks for. */
  readonly demand: readonly (NumberColumn | null)[];
  readonly job: TextColumn | null;
  readonly framework: TextColumn;
  /** What framework-by came to. */
  readonly frameworkBy: string;
}

/**
 * Finds the columns of a job by the first record, which stands at `place`.
 *
 * The record is a header where a column is asked for by name, or where no number stands in any column that should hold
 * one. Throws a ScenarioError with everything that does not match the file.
 */
export function findColumns(
  map: ColumnMap,
  frameworkBy: string,
  resources: ResourceCatalog,
  first: Cells,
  place: Place,
): CsvColumns {
  const find = (names: readonly string[] | null): CsvColumns => {
    const finder = new ColumnFinder(names, first.count, place);
    const columns = assemble(map, frameworkBy, resources, finder);
    if (finder.problems.length > 0) throw new ScenarioError(finder.problems);
    return columns;
  };
  const names = Array.from({ length: first.count }, (_, i) => first.text(i));
  if (asksForNames(map, frameworkBy)) return find(names);
  const byNumber = find(null);
  return holdsNumbers(byNumber, first) ? byNumber : find(names);
}

function assemble(map: ColumnMap, by: string, resources: ResourceCatalog, finder: ColumnFinder): CsvColumns {
  for (const name of Object.keys(map.demand)) {
    if (resources.some((resource) => resource.name === name)) continue;
    const known = resources.map((resource) => resource.name);
    const message = `the cluster has no \`${name}\` but ${known.join(', ')}`;
    finder.problem(`columns.demand.${name}`, message, didYouMean(name, known));
  }
  const time = (key: 'submit' | 'estimate') => (map[key] === undefined ? null : finder.time(key, map[key]));
  const number = (key: 'tasks' | 'priority') => (map[key] === undefined ? null : finder.number(key, map[key]));
  return {
    hasHeader: finder.hasNames,
    submit: time('submit'),
    duration: finder.time('duration', map.duration),
    tasks: number('tasks'),
    estimate: time('estimate'),
    priority: number('priority'),
    demand: resources.map((of) => {
      const spec = map.demand[of.name];
      return spec === undefined ? null : finder.quantity(`demand.${of.name}`, spec, of);
    }),
    job: map.job === undefined ? null : finder.text('job', map.job),
    ...frameworkColumn(map.framework, by, finder),
  };
}

/** `user` is what framework-by is when nobody said anything, and so means no more than: a column of that name, if any. */
function frameworkColumn(
  spec: ColumnSpec | undefined,
  by: string,
  finder: ColumnFinder,
): Pick<CsvColumns, 'framework' | 'frameworkBy'> {
  if (spec !== undefined) {
    if (by !== 'user') finder.problem('framework-by', 'given besides `columns.framework`; one of them is enough');
    return { framework: finder.text('framework', spec, true), frameworkBy: 'columns.framework' };
  }
  if (by === 'none' || (by === 'user' && !finder.has(by))) return { framework: () => 'all', frameworkBy: 'none' };
  return { framework: finder.text('framework-by', by, true), frameworkBy: by };
}

function asksForNames(map: ColumnMap, frameworkBy: string): boolean {
  const named = columnSpecs(map).some(([, spec]) =>
    typeof spec === 'object' ? 'column' in spec && typeof spec.column === 'string' : typeof spec === 'string',
  );
  return named || (frameworkBy !== 'user' && frameworkBy !== 'none');
}

function holdsNumbers(columns: CsvColumns, cells: Cells): boolean {
  const { submit, duration, tasks, estimate, priority, demand } = columns;
  const given = [submit, duration, tasks, estimate, priority, ...demand].filter((column) => column?.isCell);
  return given.length === 0 || given.some((column) => !Number.isNaN(column!.read(cells)));
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
