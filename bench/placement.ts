/**
 * Times a placement on a full cluster, with the start and the end of tasks: by its index, or by a look at every node.
 *
 * Usage: tsx bench/placement.ts <history> index|scan <placement> <searches> <searches of the short answer> <setting>;
 * the history is what `harness/placement-history.ts` writes, the twin is bench/native/placement.cpp. Beside the index
 * runs a cluster that is told the answers: what starts and ends cost without a search.
 */

import { readFileSync } from 'node:fs';
import type { Placement } from '../src/allocators/placement/placement.ts';
import { placements } from '../src/allocators/placement/registry.ts';
import { NONE, type NodeId, type TaskId } from '../src/base/ids.ts';
import { openStream } from '../src/base/random.ts';
import type { ClusterView } from '../src/cluster/view.ts';
import { PlacementWorld } from '../test/support/placement-world.ts';
import { cpuSeconds, report } from './harness/cpu-clock.ts';
import { decodeHistory, devicesOf, RESOURCES, type SettingName } from './harness/placement-history.ts';
import { scanPlacement } from './harness/placement-scan.ts';

const CHUNK = 2_500;
const STRIDE = RESOURCES + 1;

const [file, kind, name] = process.argv.slice(2, 5) as [string, string, string];
const [searches, short] = process.argv.slice(5, 7).map(Number) as [number, number];
const setting = process.argv[7] as SettingName;
const history = decodeHistory(readFileSync(file));
const steps = Math.min(history.steps.length / STRIDE, history.warm + searches);

/** One cluster with one placement, stepped through the history. */
class Side {
  cpu = 0;
  failed = 0;
  hash = 0;
  readonly #world = new PlacementWorld(nodeGroups(), devicesOf(setting));
  readonly #running: TaskId[] = [];
  readonly #placement: Placement;

  constructor(create: (view: ClusterView) => Placement) {
    const { running } = history;
    for (let at = 0; at < running.length; at += STRIDE) {
      this.#running.push(this.#world.run([...running.subarray(at + 1, at + STRIDE)], running[at]!));
    }
    this.#placement = create(this.#world.cluster);
  }

  /** Takes steps; only what searches, starts and ends is timed. */
  step(from: number, to: number): void {
    const { cluster } = this.#world;
    const placement = this.#placement;
    const running = this.#running;
    const tasks: TaskId[] = [];
    const ends: number[] = [];
    for (let at = from * STRIDE; at < to * STRIDE; at += STRIDE) {
      tasks.push(this.#world.task([...history.steps.subarray(at, at + RESOURCES)]));
      ends.push(history.steps[at + RESOURCES]!);
    }
    const began = cpuSeconds();
    for (let i = 0; i < tasks.length; i++) {
      if (ends[i]! >= 0) {
        const at = ends[i]! % running.length;
        cluster.end(running[at]!);
        running[at] = running.at(-1)!;
        running.pop();
      }
      const node = placement.find(tasks[i]!);
      this.hash = (Math.imul(this.hash, 31) + node) | 0;
      if (node === NONE) {
        this.failed++;
        continue;
      }
      cluster.start(tasks[i]!, node);
      placement.placed?.(node);
      running.push(tasks[i]!);
    }
    this.cpu += cpuSeconds() - began;
  }
}

/** Nodes as the history has them; neighbours of equal capacity are one group. */
function nodeGroups(): { count: number; capacity: readonly number[] }[] {
  const groups: { count: number; capacity: readonly number[] }[] = [];
  for (let node = 0; node < history.nodes; node++) {
    const capacity = [...history.capacity.subarray(node * RESOURCES, (node + 1) * RESOURCES)];
    const last = groups.at(-1);
    if (last !== undefined && last.capacity.join() === capacity.join()) last.count++;
    else groups.push({ count: 1, capacity });
  }
  return groups;
}

const answers: NodeId[] = [];
let told = 0;

/** The placement of the registry, with every answer written down. */
function indexed(view: ClusterView): Placement {
  const placement = placements
    .find((definition) => definition.name === name)!
    .create(view, openStream('bench', 'placement/draws'));
  return {
    name,
    find(task) {
      const node = placement.find(task);
      answers.push(node);
      return node;
    },
    placed: (node) => placement.placed?.(node),
  };
}

const side = new Side((view) => (kind === 'index' ? indexed(view) : scanPlacement(name, view)));
const sides = kind === 'index' ? [side, new Side(() => ({ name, find: () => answers[told++]! }))] : [side];
const shortly = Math.min(steps, history.warm + short);
let shortHash = 0;
for (let from = 0; from < steps; ) {
  const marks = [history.warm, shortly, steps].filter((mark) => mark > from);
  const to = Math.min(from + CHUNK, ...marks);
  for (const one of sides) {
    if (from === history.warm) one.cpu = one.failed = 0;
    one.step(from, to);
  }
  from = to;
  if (from === shortly) shortHash = side.hash;
}
const all = steps * STRIDE === history.steps.length ? { all: side.hash >>> 0 } : undefined;
const parts = { failed: side.failed, ...(sides[1] && { bookkeeping: sides[1].cpu }) };
report(side.cpu, { short: shortHash >>> 0, ...all }, parts);
