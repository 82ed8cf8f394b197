/**
 * Compares indexed placements with looking at every node: one saturated cluster, one history, both sides in turns.
 *
 * Usage: tsx bench/placement.ts [nodes] [searches a side]
 */

import type { Placement } from '../src/allocators/placement/placement.ts';
import { placements } from '../src/allocators/placement/registry.ts';
import { NONE, type NodeId, type TaskId } from '../src/base/ids.ts';
import { below, openStream, type Random } from '../src/base/random.ts';
import { linearPlacements } from '../test/support/linear-placement.ts';
import { PlacementWorld, type WorldNodes } from '../test/support/placement-world.ts';

const CHUNK = 2_500;
const WARM_UP = 5_000;
const WINDOW = 1_000;
const ENDS_PER_SEARCH = 0.9;

/** What is placed where: nodes of three resources (cpus, mem, gpus) and how a demand is drawn. */
interface Setting {
  readonly name: string;
  readonly nodes: (count: number) => WorldNodes[];
  readonly devices: readonly number[];
  readonly demand: (random: Random) => readonly number[];
}

const CPUS = 96_000;
const MEM = 393_216_000;
const mixed = (count: number): WorldNodes[] => {
  const gpu = Math.floor(count * 0.3);
  return [
    { count: count - gpu, capacity: [CPUS, MEM, 0] },
    { count: gpu, capacity: [CPUS, MEM, 8_000] },
  ];
};
const fewSizes = (random: Random): readonly number[] => {
  const cpus = 1_000 << below(random, 5);
  const mem = cpus * 1_024 * [1, 4, 8][below(random, 3)]!;
  return [cpus, mem, random() < 0.8 ? 0 : 1_000 << below(random, 4)];
};
const manySizes = (random: Random): readonly number[] => {
  const cpus = 500 + below(random, 16_000);
  const mem = Math.round(cpus * 1_024 * (1 + 8 * random()));
  return [cpus, mem, random() < 0.8 ? 0 : 1_000 << below(random, 4)];
};
const shares = (random: Random): readonly number[] => {
  const [cpus, mem] = fewSizes(random);
  const u = random();
  return [cpus!, mem!, u < 0.6 ? 0 : u < 0.8 ? 100 * (1 + below(random, 9)) : 1_000 << below(random, 4)];
};
const uneven = (count: number): WorldNodes[] =>
  Array.from({ length: 20 }, (_, g) => ({
    count: count / 20,
    capacity: [16_000 * (2 + (g % 10)), 65_536_000 * (2 + ((g * 7) % 9)), g % 3 === 0 ? 8_000 : 0],
  }));

const settings: readonly Setting[] = [
  { name: 'few sizes of demand', nodes: mixed, devices: [], demand: fewSizes },
  { name: 'every demand another', nodes: mixed, devices: [], demand: manySizes },
  { name: 'shares of single devices', nodes: mixed, devices: [2], demand: shares },
  { name: 'twenty classes of nodes', nodes: uneven, devices: [], demand: fewSizes },
];

/** One cluster with one placement, stepped through a history that depends on the seed and the answers alone. */
class Side {
  checksum = 0;
  failed = 0;
  cpu = 0;
  readonly #world: PlacementWorld;
  readonly #placement: Placement;
  readonly #setting: Setting;
  readonly #random = openStream('placement', 'history');
  readonly #running: TaskId[] = [];

  constructor(setting: Setting, nodes: number, create: (typeof linearPlacements)[string]) {
    this.#setting = setting;
    this.#world = new PlacementWorld(setting.nodes(nodes), setting.devices);
    this.#placement = create(this.#world.cluster, openStream('placement', 'draws'));
  }

  /** Forgets what was measured so far. */
  reset(): void {
    this.cpu = this.failed = 0;
  }

  /** Fills the cluster going round its nodes, without the placement, until one task in four finds no room. */
  fill(): void {
    const { cluster } = this.#world;
    let node = 0;
    for (let misses = 0; misses < WINDOW / 4; ) {
      misses = 0;
      for (let i = 0; i < WINDOW; i++) {
        const task = this.#world.task(this.#setting.demand(this.#random));
        let tries = 0;
        while (tries < cluster.nodeCount && !cluster.fits(task, node)) {
          node = (node + 1) % cluster.nodeCount;
          tries++;
        }
        if (tries === cluster.nodeCount) {
          misses++;
          continue;
        }
        cluster.start(task, node);
        this.#running.push(task);
        node = (node + 1) % cluster.nodeCount;
      }
    }
  }

  /** Searches for `count` new tasks and ends nine running ones for ten searches; only this is timed. */
  step(count: number): void {
    const random = this.#random;
    const { cluster } = this.#world;
    const placement = this.#placement;
    const tasks = Array.from({ length: count }, () => this.#world.task(this.#setting.demand(random)));
    const ends = Array.from({ length: count }, () => (random() < ENDS_PER_SEARCH ? random() : -1));
    const before = process.cpuUsage();
    for (let i = 0; i < count; i++) {
      if (ends[i]! >= 0) {
        const at = Math.floor(ends[i]! * this.#running.length);
        cluster.end(this.#running[at]!);
        this.#running[at] = this.#running.at(-1)!;
        this.#running.pop();
      }
      const node = placement.find(tasks[i]!);
      this.checksum = (Math.imul(this.checksum, 31) + node) | 0;
      if (node === NONE) {
        this.failed++;
        continue;
      }
      cluster.start(tasks[i]!, node);
      placement.placed?.(node);
      this.#running.push(tasks[i]!);
    }
    const used = process.cpuUsage(before);
    this.cpu += used.user + used.system;
  }
}

const nodes = Number(process.argv[2] ?? 10_000);
const steps = Number(process.argv[3] ?? 10_000);
console.log(
  `${nodes} nodes, ${steps} searches a side; CPU time per search with what starts and ends; alone: without those`,
);
for (const setting of settings) {
  console.log(`\n${setting.name}`);
  for (const { name, create } of placements) {
    const answers: NodeId[] = [];
    const indexed = new Side(setting, nodes, (view, random) => recording(create(view, random), answers));
    const scanned = new Side(setting, nodes, linearPlacements[name]!);
    const replayed = new Side(setting, nodes, () => replaying(answers));
    const sides = [indexed, scanned, replayed];
    for (const side of sides) side.fill();
    for (let done = -WARM_UP; done < steps; done += CHUNK) {
      if (done === 0) for (const side of sides) side.reset();
      for (const side of sides) side.step(CHUNK);
    }
    if (indexed.checksum !== scanned.checksum) throw new Error(`${name}: the index and the scan differ`);
    const ratio = scanned.cpu / indexed.cpu;
    const alone = (scanned.cpu - replayed.cpu) / (indexed.cpu - replayed.cpu);
    const failed = ((100 * indexed.failed) / steps).toFixed(1);
    console.log(
      `${name.padEnd(12)} index ${each(indexed)} ns, scan ${each(scanned)} ns: ${ratio.toFixed(1).padStart(5)} times, alone ${alone.toFixed(1).padStart(5)} times (${failed} % found none)`,
    );
  }
}

function each(side: Side): string {
  return ((side.cpu / steps) * 1000).toFixed(0).padStart(6);
}

/** The placement, with every answer written down. */
function recording(placement: Placement, answers: NodeId[]): Placement {
  return {
    name: placement.name,
    find(task) {
      const node = placement.find(task);
      answers.push(node);
      return node;
    },
    placed: (node) => placement.placed?.(node),
  };
}

/** A placement that knows the answers: what starts and ends cost without a search. */
function replaying(answers: readonly NodeId[]): Placement {
  let at = 0;
  return { name: 'replay', find: () => answers[at++]! };
}
