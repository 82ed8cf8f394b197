/**
 * What commands do, as against what they are called and take: loaded when a command runs, so that help, completion and
 * a mistyped option need not wait for it. One file, as each further one costs a start its own reading.
 */

export { placements } from '../allocators/placement/registry.ts';
export { allocators } from '../allocators/registry.ts';
export { differenceText } from '../experiment/diff/difference-text.ts';
export { betterOf, metricDefinitions, metricTitle } from '../metrics/registry.ts';
export { nodeFileSchema } from '../scenario/cluster-schema.ts';
export { scenarioJsonSchema } from '../scenario/json-schema.ts';
export { nodeListNames } from '../scenario/lists/node-list-formats.ts';
export { schemaTable } from '../scenario/schema-table.ts';
export { withNodes } from '../scenario/whole-cluster.ts';
export { baselineAction } from './baseline-actions.ts';
export { compareAndReport } from './compare-and-report.ts';
export { convertWorkload } from './convert-workload.ts';
export { diffSchedules } from './diff-schedules.ts';
export { explainTarget } from './explain-target.ts';
export { fitWorkload } from './fit-workload.ts';
export { generateTrace } from './generate-trace.ts';
export { inspectTrace, lintTrace } from './inspect-trace.ts';
export { mergeAndReport } from './merge-and-report.ts';
export { nodesAsCsv } from './nodes-as-csv.ts';
export { probeAndReport } from './probe-and-report.ts';
export { readScenario } from './read-scenario.ts';
export { sweepAndReport } from './sweep-and-report.ts';
export { verifyTarget } from './verify-target.ts';
export { workAndReport } from './work-and-report.ts';
