import { resolveAllocator } from '../allocators/create.ts';
import { ScenarioError } from '../base/errors.ts';
import { metricNames } from '../metrics/registry.ts';
import { buildCluster } from './build-cluster.ts';
import { readEventList } from './event-lists.ts';
import { unknownMetric } from './hold-thresholds.ts';
import type { Override } from './marked.ts';
import { type Parsed, parseScenario, type ReportProblem } from './parse.ts';
import { reportFaults } from './problem-list.ts';
import type { AllocatorChoice, NodeFile, NodeGroup, Scenario } from './schema.ts';
import type { Services } from './services.ts';
import { type ListServices, listNodes, readList } from './whole-cluster.ts';

/**
 * Reads a scenario and checks all of it: the format, what its names refer to, allocators with their options, metrics
 * of thresholds, and that its traces are there.
 *
 * @throws ScenarioError with every problem and its place.
 */
export function loadScenario(
  text: string,
  file: string,
  services: Services,
  overrides: readonly Override[] = [],
): Parsed {
  const lists = new NodeLists(services);
  return parseScenario(text, file, {
    overrides,
    listNodes: (item) => lists.of(item),
    check: (scenario, problem) => {
      if (scenario.allocator !== undefined) checkAllocator(scenario.allocator, ['allocator'], problem);
      for (const [i, choice] of (scenario.allocators ?? []).entries())
        checkAllocator(choice, ['allocators', i], problem);
      checkThresholds(scenario, lists, problem);
      checkEventFiles(scenario, lists, services, problem);
      for (const [i, item] of (scenario.workload ?? []).entries()) {
        if (!('trace' in item)) continue;
        const trouble = services.traceProblem(item.trace.file);
        if (trouble !== null) problem(['workload', i, 'trace', 'file'], trouble);
      }
    },
  });
}

function checkAllocator(choice: AllocatorChoice, path: readonly (string | number)[], problem: ReportProblem): void {
  const { name, ...options } = choice;
  const outcome = resolveAllocator(name, options);
  if ('resolved' in outcome) return;
  for (const { key, message, suggestion, unknown } of outcome.problems) {
    problem([...path, key], message, suggestion, unknown ? 'key' : 'value');
  }
}

/** The lists of nodes of one scenario, each read once. */
class NodeLists {
  readonly #services: ListServices;
  readonly #known = new Map<string, readonly NodeGroup[]>();

  constructor(services: ListServices) {
    this.#services = services;
  }

  /** Throws a ScenarioError with what is wrong in the file. */
  of(item: NodeFile): readonly NodeGroup[] {
    const key = JSON.stringify(item);
    const known = this.#known.get(key) ?? listNodes(item, this.#services).groups;
    this.#known.set(key, known);
    return known;
  }

  /** All nodes; null where a list cannot be read, which is a problem already. */
  all({ cluster }: Partial<Scenario>): readonly NodeGroup[] | null {
    try {
      return (cluster?.nodes ?? []).flatMap((entry) => ('file' in entry ? this.of(entry) : [entry]));
    } catch (error) {
      if (error instanceof ScenarioError) return null;
      throw error;
    }
  }
}

/** Reads the lists of events as a run would. */
function checkEventFiles(
  scenario: Partial<Scenario>,
  lists: NodeLists,
  services: ListServices,
  problem: ReportProblem,
): void {
  const nodes = (scenario.events ?? []).some((entry) => 'file' in entry) ? lists.all(scenario) : null;
  if (nodes === null || nodes.length === 0) return;
  const cluster = buildCluster({ cluster: { nodes }, ...(scenario.resources && { resources: scenario.resources }) });
  for (const [i, entry] of scenario.events!.entries()) {
    if (!('file' in entry)) continue;
    try {
      readEventList(readList(entry.file, services), entry, cluster);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      reportFaults(error, ['events', i, 'file'], problem);
    }
  }
}

function checkThresholds(scenario: Partial<Scenario>, lists: NodeLists, problem: ReportProblem): void {
  const resources = new Set((lists.all(scenario) ?? []).flatMap(({ capacity }) => Object.keys(capacity)));
  if (resources.size === 0) return;
  const known = metricNames([...resources]);
  for (const metric of Object.keys(scenario.thresholds ?? {})) {
    const trouble = unknownMetric(metric, known);
    if (trouble !== null) problem(['thresholds', metric], trouble.message, trouble.suggestion, 'key');
  }
}
