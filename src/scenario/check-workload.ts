import { parseQuantity } from '../base/amounts.ts';
import { didYouMean } from '../base/nearest.ts';
import { quote } from '../base/quote.ts';
import type { ModelKey } from '../workload/generators/generator.ts';
import { generatorNamed, generators } from '../workload/generators/registry.ts';
import { checkDemand } from './amount-check.ts';
import { type ClusterFacts, isAttributeValue, resourceNamed } from './cluster-facts.ts';
import type { Path } from './marked.ts';
import type { Report } from './problem-list.ts';
import { at, entriesOf, isMap, itemsOf, listed, type RawMap, show } from './raw.ts';
import { expectation } from './schema-walk.ts';
import { readDuration } from './values.ts';
import { generateSchema } from './workload-schema.ts';

/** In the order in which a scenario lists them. */
const MODEL_KEYS: readonly ModelKey[] = [
  ...([
    'framework',
    'rate',
    'states',
    'hours',
    'days',
    'offset',
    'processors',
    'class',
    'year',
    'parameters',
    'as',
  ] as const),
  ...(['tasks', 'demand', 'duration'] as const),
];

/** Checks what the sources of jobs say about nodes, and settings that depend on one another. */
export function checkWorkload(raw: RawMap, facts: ClusterFacts, report: Report): void {
  itemsOf(at(raw, 'workload')).forEach((item, i) => {
    const path: Path = ['workload', i];
    const [trace, generate] = [at(item, 'trace'), at(item, 'generate')];
    if (trace !== undefined) checkTrace(trace, facts, [...path, 'trace'], report);
    else if (generate !== undefined) checkGenerate(generate, facts, [...path, 'generate'], report);
    else checkJobs(item, facts, path, report);
    checkSample(at(item, 'sample'), [...path, 'sample'], report);
  });
}

function checkSample(sample: unknown, path: Path, report: Report): void {
  const [from, until] = [at(sample, 'from') ?? 0, at(sample, 'until')].map((value) =>
    typeof value === 'number' || typeof value === 'string' ? readDuration(value) : null,
  );
  if (from !== null && until !== null && until! > 0 && from! >= until!)
    report([...path, 'until'], 'must be later than `from`, or no job is taken');
}

function checkJobs(jobs: unknown, facts: ClusterFacts, path: Path, report: Report): void {
  for (const [name, value] of entriesOf(at(jobs, 'demand'))) {
    const here = [...path, 'demand', name];
    if (isOnSomeNode(name, facts, here, report)) checkDemand(value, resourceNamed(name, facts), here, report);
  }
  for (const [name, values] of entriesOf(at(jobs, 'constraints'))) {
    checkConstraint(name, values, facts, [...path, 'constraints', name], report);
  }
  for (const [name, speeds] of entriesOf(at(jobs, 'speeds'))) {
    const here = [...path, 'speeds', name];
    const known = valuesOf(name, facts, here, report);
    for (const [value] of entriesOf(speeds)) {
      if (known === null || known.has(value)) continue;
      report([...here, value], `no node has ${quote(name)} ${quote(value)}`, suggestion(value, known), 'key');
    }
  }
}

/** The values that nodes have of an attribute; null where there are none, which is reported, or they cannot be known. */
function valuesOf(name: string, { attributes }: ClusterFacts, path: Path, report: Report): ReadonlySet<string> | null {
  if (attributes === null) return null;
  const known = attributes.get(name);
  if (known === undefined)
    report(path, `no node has the attribute ${quote(name)}`, suggestion(name, attributes.keys()), 'key');
  return known ?? null;
}

function isOnSomeNode(name: string, { resources }: ClusterFacts, path: Path, report: Report): boolean {
  if (resources === null || resources.has(name)) return true;
  report(path, `no node has ${quote(name)}`, suggestion(name, resources.keys()), 'key');
  return false;
}

function checkConstraint(name: string, values: unknown, facts: ClusterFacts, path: Path, report: Report) {
  const known = valuesOf(name, facts, path, report);
  if (known === null) return;
  const isList = Array.isArray(values);
  for (const [i, value] of (isList ? values : [values]).entries()) {
    if (!isAttributeValue(value) || known.has(String(value))) continue;
    const message = `no node has ${quote(name)} ${quote(String(value))}`;
    report(isList ? [...path, i] : path, message, suggestion(String(value), known));
  }
}

/** The near one, or all where they are few. */
function suggestion(word: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  return didYouMean(word, names) ?? (names.length > 0 && names.length <= 12 ? `there is ${listed(names)}` : undefined);
}

function checkGenerate(generate: unknown, facts: ClusterFacts, path: Path, report: Report): void {
  checkJobs(generate, facts, path, report);
  if (!isMap(generate)) return;
  checkModel(generate, path, report);
  const [hasJobs, hasUntil] = [at(generate, 'jobs') !== undefined, at(generate, 'until') !== undefined];
  if (hasJobs && hasUntil)
    report([...path, 'until'], '`jobs` and `until` do not go together; give one of them', undefined, 'key');
  if (!hasJobs && !hasUntil)
    report(path, '`jobs` or `until` is missing: how many jobs to draw, or for how long', undefined, 'key');
}

/** Holds the keys against what the model takes. */
function checkModel(generate: RawMap, path: Path, report: Report): void {
  const model = generatorNamed(at(generate, 'model'));
  if (model === undefined) return;
  for (const key of MODEL_KEYS) {
    const use = model.keys[key];
    const isGiven = at(generate, key) !== undefined;
    if (use === 'needed' && !isGiven) {
      const expected = expectation(generateSchema.shape[key]);
      report(path, `${quote(key)} is missing; it must be ${expected}`, undefined, 'key');
    }
    if (use === undefined && isGiven) {
      const others = generators.filter(({ keys }) => keys[key] !== undefined).map(({ name }) => name);
      const message = `${quote(key)} does not go with \`model: ${model.name}\``;
      report([...path, key], message, `it goes with ${listed(others)}`, 'key');
    }
  }
}

function checkTrace(trace: unknown, facts: ClusterFacts, path: Path, report: Report): void {
  const columns = at(trace, 'columns');
  const format = at(trace, 'format');
  if (format === 'csv' && columns === undefined) {
    report(path, '`columns` is missing: CSV traces say which column holds what', undefined, 'key');
  }
  for (const key of format === 'swf' ? ['columns', 'delimiter'] : []) {
    if (at(trace, key) !== undefined)
      report([...path, key], `${quote(key)} goes with \`format: csv\` alone`, undefined, 'key');
  }
  for (const [name, column] of entriesOf(at(columns, 'demand'))) {
    const here = [...path, 'columns', 'demand', name];
    if (isOnSomeNode(name, facts, here, report)) checkDemandColumn(name, column, facts, here, report);
  }
}

function checkDemandColumn(name: string, column: unknown, facts: ClusterFacts, path: Path, report: Report): void {
  const of = resourceNamed(name, facts);
  const [unit, value] = [at(column, 'unit'), at(column, 'value')];
  if (value !== undefined) checkDemand(value, of, [...path, 'value'], report);
  if (typeof unit !== 'string') return;
  const isUnit = !/[\d.]/.test(unit) && parseQuantity(`1${unit}`, of) !== null;
  const units = of.unit === '' ? 'K, M, G or T' : 'such as KB, MB or GB';
  if (!isUnit) report([...path, 'unit'], `must be a unit of ${name}, ${units}, not ${show(unit)}`);
  if (at(column, 'factor') !== undefined) {
    report([...path, 'factor'], '`unit` and `factor` do not go together; give one of them', undefined, 'key');
  }
}
