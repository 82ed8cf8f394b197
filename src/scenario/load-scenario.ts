import { resolveAllocator } from '../allocators/create.ts';
import { metricNames } from '../metrics/registry.ts';
import { unknownMetric } from './hold-thresholds.ts';
import type { Override } from './marked.ts';
import { type Parsed, parseScenario, type ReportProblem } from './parse.ts';
import type { AllocatorChoice, Scenario } from './schema.ts';
import type { Services } from './services.ts';

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
  return parseScenario(text, file, {
    overrides,
    check: (scenario, problem) => {
      if (scenario.allocator !== undefined) checkAllocator(scenario.allocator, ['allocator'], problem);
      for (const [i, choice] of (scenario.allocators ?? []).entries())
        checkAllocator(choice, ['allocators', i], problem);
      checkThresholds(scenario, problem);
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

function checkThresholds(scenario: Partial<Scenario>, problem: ReportProblem): void {
  const resources = new Set((scenario.cluster?.nodes ?? []).flatMap(({ capacity }) => Object.keys(capacity)));
  if (resources.size === 0) return;
  const known = metricNames([...resources]);
  for (const metric of Object.keys(scenario.thresholds ?? {})) {
    const trouble = unknownMetric(metric, known);
    if (trouble !== null) problem(['thresholds', metric], trouble.message, trouble.suggestion, 'key');
  }
}
