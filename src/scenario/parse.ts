import type { Place } from '../base/errors.ts';
import type { ListNodes } from './cluster-facts.ts';
import { crossCheck } from './cross-checks.ts';
import { type Fault, faultsOf } from './explain.ts';
import { find, type Marked, type MarkedMap, type Override, type Path, plain, spanOf } from './marked.ts';
import { applyOverride, type Refuse } from './override.ts';
import { ProblemList, type Report } from './problem-list.ts';
import { at, isMap, type RawMap } from './raw.ts';
import { readYaml } from './read-yaml.ts';
import { type Scenario, scenarioSchema } from './schema.ts';
import { SourceText } from './source-text.ts';

export type { Report as ReportProblem };

/** What a caller adds to the reading of a scenario. */
export interface ParseOptions {
  /** Gives the nodes of lists in files; without it, what they have is not known. */
  readonly listNodes?: ListNodes;
  /** Applied in order, before anything is checked. */
  readonly overrides?: readonly Override[];
  /**
   * Checks what only the caller knows, such as names of metrics and options of allocators.
   *
   * It sees each section of the scenario that has no problem of its own; all of them where the file is sound.
   */
  readonly check?: (scenario: Partial<Scenario>, problem: Report) => void;
}

/** A scenario that was read without problems, and where its parts stand. */
export interface Parsed {
  readonly scenario: Scenario;
  /** Gives the place of a value; of the nearest key above where the file leaves the value out. */
  place(path: Path): Place;
  /** Gives the keys of a mapping in the order written, which objects lose for keys such as `10`. */
  keys(path: Path): string[];
}

/**
 * Reads a scenario from YAML or JSON; `file` is what errors call it.
 *
 * @throws ScenarioError with every problem, in order of position; those of overrides last.
 */
export function parseScenario(text: string, file: string, options: ParseOptions = {}): Parsed {
  const clean = text.replace(/^\uFEFF/, '');
  const reading = readYaml(clean);
  const source = new SourceText(file, clean);
  const problems = new ProblemList(source, options.overrides ?? []);
  for (const { span, message, suggestion } of reading.faults) problems.addUnreadable(span, message, suggestion);
  if (reading.root === undefined) throw problems.error();
  if (isNothing(reading.root) && problems.isEmpty) problems.add(reading.root.span, [], EMPTY);
  if (isNothing(reading.root)) throw problems.error();

  const root = override(reading.root, options.overrides ?? [], problems);
  keepSeedAsWritten(root);
  for (const fault of repair(root, problems)) addFault(fault, root, problems);
  const raw = plain(root);
  if (isMap(raw)) {
    const report: Report = (path, message, suggestion, part) =>
      problems.add(spanOf(root, path, part), path, message, suggestion);
    crossCheck(raw, report, options.listNodes);
    options.check?.(soundSections(raw, problems.sections), report);
  }
  if (!problems.isEmpty) throw problems.error();
  return {
    scenario: withAllocator(scenarioSchema.parse(raw), raw),
    place: (path) => source.placeOf(spanOf(root, path)),
    keys: (path) => keysOf(find(root, path)),
  };
}

/** A scenario that names no allocator of its own runs the first of those that it compares. */
function withAllocator(scenario: Scenario, raw: unknown): Scenario {
  const first = scenario.allocators?.[0];
  return at(raw, 'allocator') === undefined && first !== undefined ? { ...scenario, allocator: first } : scenario;
}

const EMPTY = 'the file is empty; a scenario has `version`, `cluster` and `workload`';

function isNothing(root: Marked): boolean {
  return root.kind === 'scalar' && root.value === null;
}

function override(root: Marked, overrides: readonly Override[], problems: ProblemList): Marked {
  return overrides.reduce((before, override) => {
    const span = { start: 0, end: 0, override };
    const refuse: Refuse = (path, message, suggestion) => problems.add(span, path, message, suggestion);
    return applyOverride(before, scenarioSchema, override, refuse) ?? before;
  }, root);
}

/** A number would lose digits beyond 2^53 and zeros in front. */
function keepSeedAsWritten(root: Marked): void {
  const entry = root.kind === 'map' ? root.entries.get('seed') : undefined;
  if (entry?.value.kind !== 'scalar' || typeof entry.value.value !== 'number') return;
  entry.value = { ...entry.value, value: entry.value.text };
}

/**
 * Reports unknown keys and takes them away, those with a near match under the name that was meant, so that what lies
 * below them is checked too; gives the faults that are left.
 */
function repair(root: Marked, problems: ProblemList): Fault[] {
  for (;;) {
    const faults = faultsOf(scenarioSchema, plain(root));
    const unknown = faults.filter(({ unknownKey }) => unknownKey !== undefined);
    if (unknown.length === 0) return faults;
    for (const fault of unknown) addFault(fault, root, problems);
    for (const { path, unknownKey } of unknown) {
      const { entries } = find(root, path.slice(0, -1)) as MarkedMap;
      const key = String(path.at(-1));
      const meant = unknownKey?.meant;
      if (meant !== undefined && !entries.has(meant)) entries.set(meant, entries.get(key)!);
      entries.delete(key);
    }
  }
}

function addFault({ path, part, message, suggestion }: Fault, root: Marked, problems: ProblemList): void {
  problems.add(spanOf(root, path, part), path, message, suggestion);
}

function soundSections(raw: RawMap, unsound: ReadonlySet<string>): Partial<Scenario> {
  const sections = Object.entries(scenarioSchema.shape).flatMap(([key, schema]) => {
    const result = unsound.has(key) ? undefined : schema.safeParse(at(raw, key));
    return result?.success ? [[key, result.data]] : [];
  });
  return Object.fromEntries(sections);
}

function keysOf(marked: Marked | undefined): string[] {
  return marked?.kind === 'map' ? [...marked.entries.keys()] : [];
}
