import { ScenarioError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { definitionOf, metricNames } from '../metrics/registry.ts';

/** Gives the unit of a value, by its full name; `share` for what is a part of a whole. */
export function unitOf(metric: string): string {
  if (stem(metric) === 'utilization' || stem(metric) === 'dominant-share') return 'share';
  return definitionOf(metric)?.unit ?? '';
}

const PARTS = new Set(['mean', 'p50', 'p95', 'p99', 'max']);

/** Gives a value's name in words: `mean wait`, `p95 bounded slowdown`, `utilization.cpus`. */
export function inWords(metric: string): string {
  const part = metric.slice(metric.lastIndexOf('.') + 1);
  return PARTS.has(part) ? `${part} ${stem(metric).replaceAll('-', ' ')}` : metric;
}

function stem(metric: string): string {
  const dot = metric.lastIndexOf('.');
  return dot < 0 ? metric : metric.slice(0, dot);
}

/** What a comparison shows unless told otherwise. */
const USUAL = ['wait.mean', 'wait.p95', 'response.mean', 'bounded-slowdown.mean', 'makespan'];
const USUAL_LAST = ['queue.mean', 'fairness.jain', 'fairness.drf-deviation'];

/**
 * Gives the metrics that were asked for, by name, or `all`; the usual ones where nothing was.
 *
 * @throws ScenarioError if one is unknown.
 */
export function chooseMetrics(asked: readonly string[], resources: readonly string[]): string[] {
  const known = metricNames(resources);
  const names = asked.flatMap((text) => text.split(',')).map((name) => name.trim());
  if (names.length === 0) return [...USUAL, ...resources.map((name) => `utilization.${name}`), ...USUAL_LAST];
  const chosen = names.flatMap((name) => (name === 'all' ? known : [name]));
  const problems = chosen.filter((name) => !known.includes(name));
  if (problems.length > 0) {
    throw new ScenarioError(
      problems.map((name) => {
        const suggestion = didYouMean(name, known) ?? '`allot metrics` lists them';
        return { path: '', message: `there is no metric \`${name}\``, suggestion };
      }),
    );
  }
  return [...new Set(chosen)];
}
