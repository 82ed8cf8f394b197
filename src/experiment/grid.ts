import { ScenarioError } from '../base/errors.ts';
import type { Override } from '../scenario/marked.ts';
import { plain } from '../scenario/marked.ts';
import { readYaml } from '../scenario/read-yaml.ts';

/** One value of the scenario that an experiment varies. */
export interface Axis {
  /** Dotted path, as `--set` takes it. */
  readonly path: string;
  readonly values: readonly unknown[];
}

/** One combination of what is varied, by path. */
export type Settings = Readonly<Record<string, unknown>>;

/** Paths that have an option of their own. */
const RESERVED: Readonly<Record<string, string>> = {
  seed: '--seeds',
  allocator: '--allocators',
  allocators: '--allocators',
};

/**
 * Reads axes such as `cluster.nodes.0.count=[32, 64]`, the list in YAML.
 *
 * @throws ScenarioError if one is no path with a list, or a path stands in two.
 */
export function readAxes(texts: readonly string[]): Axis[] {
  const axes: Axis[] = [];
  for (const text of texts) {
    const cut = text.indexOf('=');
    if (cut < 1) throw refuse(text, "expected a path, = and a list, such as --grid cluster.nodes.0.count='[32, 64]'");
    const path = text.slice(0, cut);
    const own = RESERVED[path];
    if (own !== undefined) throw refuse(text, `${path} has an option of its own, ${own}`);
    if (axes.some((axis) => axis.path === path)) throw refuse(text, `${path} is varied twice`);
    axes.push({ path, values: readList(text, text.slice(cut + 1)) });
  }
  return axes;
}

function readList(text: string, yaml: string): readonly unknown[] {
  const { root, faults } = readYaml(yaml);
  if (root === undefined || faults.length > 0) throw refuse(text, faults[0]?.message ?? 'the list is empty');
  const values = plain(root);
  if (!Array.isArray(values)) throw refuse(text, 'expected a list in brackets, such as [32, 64]');
  if (values.length === 0) throw refuse(text, 'the list is empty');
  const keys = values.map((value) => JSON.stringify(value));
  const twice = keys.find((key, i) => keys.indexOf(key) < i);
  if (twice !== undefined) throw refuse(text, `${twice} stands in the list twice`);
  return values;
}

/** Gives every combination of the values of some axes, the last axis running fastest; one empty one of no axes. */
export function gridPoints(axes: readonly Axis[]): Settings[] {
  let points: Settings[] = [{}];
  for (const { path, values } of axes) {
    points = points.flatMap((point) => values.map((value) => ({ ...point, [path]: value })));
  }
  return points;
}

/** Gives the changes of the scenario that a combination stands for. */
export function gridOverrides(point: Settings): Override[] {
  return Object.entries(point).map(([path, setting]) => {
    const value = JSON.stringify(setting);
    return { path, value, label: `--grid ${path}=${value}` };
  });
}

function refuse(text: string, message: string): ScenarioError {
  return new ScenarioError(`--grid ${text}: ${message}`);
}
