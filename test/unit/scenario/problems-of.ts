import { ScenarioError } from '../../../src/base/errors.ts';
import { type ParseOptions, parseScenario } from '../../../src/scenario/parse.ts';

/** A scenario in which nothing is wrong, in five lines; tests put something below it or into it. */
export const SOUND = `version: 1
cluster:
  nodes: [{ name: n, capacity: { cpus: 4, gpus: { devices: 2 } }, attributes: { rack: r1, size: 3 } }]
workload:
  - { framework: A, demand: { cpus: 1 }, duration: 5s }
`;

/** Gives each problem as `line:column path: message (suggestion)`, or the override for the place. */
export function problemsOf(text: string, options?: ParseOptions): string[] {
  try {
    parseScenario(text, 's.yaml', options);
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ place, path, message, suggestion }) => {
      const where = place?.line === undefined ? `[${place?.file}]` : `${place.line}:${place.column}`;
      return `${where} ${path}: ${message}${suggestion === undefined ? '' : ` (${suggestion})`}`;
    });
  }
}

/** Gives the problems of one item in the place of `SOUND`'s workload, without their places. */
export function problemsOfItem(item: string): string[] {
  const text = SOUND.replace(/ {2}- .*\n/, `  - ${item}\n`);
  return problemsOf(text).map((problem) => problem.replace(/^\S+ (workload\.0[.:]? ?)?/, ''));
}
