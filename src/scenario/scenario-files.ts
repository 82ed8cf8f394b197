import type { Scenario } from './schema.ts';

/** Gives the files that a scenario names, each once: traces, then lists of nodes, then lists of events. */
export function scenarioFiles({ workload, cluster, events = [] }: Scenario): string[] {
  return [
    ...new Set([
      ...workload.flatMap((item) => ('trace' in item ? [item.trace.file] : [])),
      ...cluster.nodes.flatMap((entry) => ('file' in entry ? [entry.file] : [])),
      ...events.flatMap((entry) => ('file' in entry ? [entry.file] : [])),
    ]),
  ];
}
