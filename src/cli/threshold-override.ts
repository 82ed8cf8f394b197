import { ScenarioError } from '../base/errors.ts';
import type { Override } from '../scenario/marked.ts';

/**
 * Turns `wait.p95 < 300` into the threshold of the scenario that it would be.
 *
 * @throws ScenarioError if there is no metric or no comparison in it.
 */
export function thresholdOverride(text: string): Override {
  const match = /^\s*([^\s<>=]+)\s*([<>=].*)$/s.exec(text);
  if (match === null) {
    throw new ScenarioError(`--threshold ${text}: expected a metric and what it must be, such as 'wait.p95 < 300'`);
  }
  return { path: `thresholds.${match[1]}`, value: JSON.stringify(match[2]!.trim()), label: `--threshold ${text}` };
}
