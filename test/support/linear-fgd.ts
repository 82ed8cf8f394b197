import type { Scoring } from '../../src/allocators/fgd/fgd-placement.ts';
import { NONE, type NodeId, type TaskId } from '../../src/base/ids.ts';
import { fragmentOf } from '../../src/cluster/fragmentation.ts';
import type { TaskMix } from '../../src/cluster/task-mix.ts';
import type { ClusterView } from '../../src/cluster/view.ts';

/** Where a task goes by looking at every device of every node: slow, plain, and what `fgd` must agree with. */
export function linearFgd(
  view: ClusterView,
  mix: TaskMix,
  score: Scoring,
  task: TaskId,
): { node: NodeId; device: number } {
  const column = view.resources.findIndex(({ devices }) => devices);
  const whole = view.resources[column]?.scale ?? 1;
  const others = [...view.resources.keys()].filter((r) => r !== column);
  const demand = column < 0 ? 0 : view.demand(task, column);
  let best = { node: NONE, device: NONE, score: Number.NEGATIVE_INFINITY };
  const nodes = Array.from({ length: view.nodeCount }, (_, node) => node);
  nodes.sort((a, b) => (view.nodeName(a) < view.nodeName(b) ? -1 : 1));
  for (const node of nodes) {
    if (!view.fits(task, node)) continue;
    const devices = Array.from({ length: view.deviceCount(node, column) }, (_, d) => view.deviceFree(node, column, d));
    const rest = others.map((r) => view.free(node, r));
    const mayRun = Array.from(mix.constraint, (row) => Number(view.classSatisfies(view.nodeClass(node), row)));
    const fragment = (left: readonly number[], free: readonly number[]) =>
      fragmentOf(mix, { devices: Float64Array.from(left), rest: Float64Array.from(free) }, mayRun);
    const later = others.map((r) => view.free(node, r) - view.demand(task, r));
    for (const { device, left } of choices(devices, demand, whole)) {
      const less = (fragment(devices, rest) - fragment(left, later)) / (mix.of * whole);
      const found = score(mix.of === 0 ? 0 : less);
      if (found > best.score) best = { node, device, score: found };
    }
  }
  return { node: best.node, device: best.device };
}

/** Ways to take a demand from devices: a share from any that has it, whole ones from the first that are idle. */
function choices(devices: readonly number[], demand: number, whole: number) {
  if (demand > 0 && demand < whole) {
    return devices.flatMap((free, device) =>
      free >= demand ? [{ device, left: devices.with(device, free - demand) }] : [],
    );
  }
  let missing = demand / whole;
  const left = devices.map((free) => (free === whole && missing-- > 0 ? 0 : free));
  return [{ device: NONE, left }];
}
