/**
 * Compares indexed placements with looking at every node: one saturated cluster, one history, both sides in turns.
 *
 * Usage: tsx bench/placement.ts [nodes] [placements per side]
 */

import type { Placement } from '../src/allocators/placement/placement.ts';
import { placements } from '../src/allocators/placement/registry.ts';
import { NONE, type TaskId } from '../src/base/ids.ts';
import { below, openStream, type Random } from '../src/base/random.ts';
import { linearPlacements } from '../test/support/linear-placement.ts';
import { PlacementWorld, type WorldNodes } from '../test/support/placement-world.ts';

const CHUNK = 500;
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
  searches = 0;
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

  /** Fills the cluster going round its nodes, without the placement, until one task in ten finds no room. */
  fill(): void {
    const { cluster } = this.#world;
    let node = 0;
    for (let misses = 0; misses < WINDOW / 10; ) {
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
    this.searches += count;
  }
}

const nodes = Number(process.argv[2] ?? 10_000);
const steps = Number(process.argv[3] ?? 20_000);
console.log(`${nodes} nodes, ${steps} searches a side, CPU time of search, start and end together`);
for (const setting of settings) {
  console.log(`\n${setting.name}`);
  for (const { name, create } of placements) {
    const fast = new Side(setting, nodes, create);
    const slow = new Side(setting, nodes, linearPlacements[name]!);
    for (const side of [fast, slow]) {
      side.fill();
      side.step(CHUNK);
      side.cpu = side.failed = side.searches = 0;
    }
    for (let done = 0; done < steps; done += CHUNK) {
      fast.step(CHUNK);
      slow.step(CHUNK);
    }
    if (fast.checksum !== slow.checksum) throw new Error(`${name}: the index and the scan differ`);
    const each = (side: Side) => ((side.cpu / steps) * 1000).toFixed(0).padStart(7);
    const ratio = (slow.cpu / fast.cpu).toFixed(1).padStart(6);
    const failed = ((100 * fast.failed) / fast.searches).toFixed(1);
    console.log(`${name.padEnd(12)}${each(fast)} ns  scan ${each(slow)} ns  ratio ${ratio}  (${failed} % found none)`);
  }
}
