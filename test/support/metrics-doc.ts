import { EXACT_WORK, SAMPLED_WORK } from '../../src/metrics/drf-deviation.ts';
import { EXACT_JOBS } from '../../src/metrics/job-log.ts';
import type { MetricDefinition } from '../../src/metrics/metric.ts';
import { betterOf, metricDefinitions, metricTitle } from '../../src/metrics/registry.ts';

/** Gives the text of docs/metrics.md. */
export function metricsDoc(): string {
  const [count, exact, sampled] = [EXACT_JOBS, EXACT_WORK, SAMPLED_WORK].map((n) => n.toLocaleString('en-US'));
  return `# Metrics

Generated from \`src/metrics/registry.ts\`; a test holds this file to it, and \`GOLDEN=write\` writes it anew.
\`allot metrics\` lists them too.

Values are numbers or null where a quantity is not defined, never NaN. Times are in seconds.

| name | unit | better | of | what it is | formula | source | edge cases |
| --- | --- | --- | --- | --- | --- | --- | --- |
${metricDefinitions.map(row).join('\n')}

## Words

- A *user* of the fairness metrics is a role that has frameworks of its own, with what those frameworks hold and queue;
  roles below it are users of their own. The weight of a role path is the product of the weights along it.
- The *run time* of a job of many tasks is its critical path (of independent tasks the longest), its *width* the sum of
  its tasks' cpus (of the first resource where there are no cpus).

## Which jobs count

Metrics of jobs count the jobs that completed or were killed, and were submitted at or after the end of the warm-up.
Rejected, failed and unfinished jobs are counted (\`jobs\` of each framework, and at the head of a result) but are in no
mean or percentile; so a run that is cut makes slowdowns look smaller than they are.

## Windows

| window | from | to |
| --- | --- | --- |
| full | first submission | last end, or \`until\` |
| submission | first submission | last submission |
| steady | first submission + warm-up | last end, or \`until\` |

Values are of the steady window where a warm-up is set, else of the full one; \`windows\` in a result has utilization,
queue and throughput of each. What comes and goes within one instant has no part in any average or maximum over time.

## What is exact

- Means are exact to the last digits of a double: sums carry Neumaier's correction, integrals are over whole
  microseconds.
- Percentiles are exact (type 7) in a run of up to ${count} jobs that count; in a longer one they, and those of its
  frameworks, come from a DDSketch with 1 % relative error. The result says so under \`approximate\`.
- \`fairness.drf-deviation\` evaluates every change on a cluster of one resource, unless the exact level crosses more
  than eight users in most changes: it stops after ${exact} crossings beyond eight a change. On a cluster of several
  resources it evaluates every change until evaluations times (active users + 8) pass ${exact}; the 8 stands for what an
  evaluation costs beside its users. From there it samples, at twice the mean distance of evaluations so far, holds each
  sample until the next, and doubles the distance after every further ${sampled}; \`approximate\` says \`sampled\`.
- The timeline keeps every change up to 4,096 of them, then time averages over equal bins whose width doubles as the run
  goes on, and follows the first 64 roles.
`;
}

function row(definition: MetricDefinition): string {
  const { unit, scopes, summary, formula, source, edges } = definition;
  const cells = [
    `\`${metricTitle(definition)}\``,
    unit,
    betterOf(definition),
    scopes.join(', '),
    summary,
    `\`${formula}\``,
    source,
    edges,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
