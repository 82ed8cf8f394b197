import { below, openStream, type Random } from '../../src/base/random.ts';
import { PlacementWorld, type WorldNodes } from '../../test/support/placement-world.ts';

/** Resources of each node and task: cpus, mem, gpus. */
export const RESOURCES = 3;

/** What happens to one cluster: who runs where at the start, then searches, each after the end of a running task. */
export interface PlacementHistory {
  readonly nodes: number;
  /** Whole steps, one row of three a node. */
  readonly capacity: Int32Array;
  /** Rows of node and demand. */
  readonly running: Int32Array;
  /** Searches at the beginning that are not timed. */
  readonly warm: number;
  /** Rows of demand and end: -1, or which running task ends first, modulo their number. */
  readonly steps: Int32Array;
}

/** What a history is about: nodes, and how the demands of tasks are drawn. */
interface Setting {
  readonly nodes: (count: number) => WorldNodes[];
  /** Resources of which a node has numbered devices. */
  readonly devices: readonly number[];
  readonly demand: (random: Random) => readonly number[];
}

const CPUS = 96_000;
const MEM = 393_216_000;
/** Nine of ten searches come after an end, so that the cluster stays full and about one in ten finds no room. */
const ENDS_PER_SEARCH = 0.9;
const WINDOW = 1_000;

const mixed = (count: number): WorldNodes[] => {
  const gpu = Math.floor(count * 0.3);
  return [
    { count: count - gpu, capacity: [CPUS, MEM, 0] },
    { count: gpu, capacity: [CPUS, MEM, 8_000] },
  ];
};
const uneven = (count: number): WorldNodes[] =>
  Array.from({ length: 20 }, (_, g) => ({
    count: count / 20,
    capacity: [16_000 * (2 + (g % 10)), 65_536_000 * (2 + ((g * 7) % 9)), g % 3 === 0 ? 8_000 : 0],
  }));

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

const SETTINGS = {
  /** Two kinds of nodes, few sizes of demand. */
  few: { nodes: mixed, devices: [], demand: fewSizes },
  /** Every demand another. */
  many: { nodes: mixed, devices: [], demand: manySizes },
  /** Shares of single devices. */
  shares: { nodes: mixed, devices: [2], demand: shares },
  /** Twenty kinds of nodes. */
  uneven: { nodes: uneven, devices: [], demand: fewSizes },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

/** Gives the resources of which nodes have devices. */
export function devicesOf(setting: SettingName): readonly number[] {
  return SETTINGS[setting].devices;
}

/** Draws a history on a cluster that is filled going round its nodes until one task in four finds no room. */
export function drawHistory(nodes: number, searches: number, warm: number, name: SettingName): PlacementHistory {
  const random = openStream('bench', `placement/${name}`);
  const setting: Setting = SETTINGS[name];
  const groups = setting.nodes(nodes);
  const running = fill(groups, setting, random);
  const steps = new Int32Array((warm + searches) * (RESOURCES + 1));
  for (let at = 0; at < steps.length; at += RESOURCES + 1) {
    steps.set(setting.demand(random), at);
    steps[at + RESOURCES] = random() < ENDS_PER_SEARCH ? below(random, 2_147_483_647) : -1;
  }
  const capacity = groups.flatMap((group) => Array.from({ length: group.count }, () => group.capacity)).flat();
  return { nodes, capacity: Int32Array.from(capacity), running, warm, steps };
}

function fill(groups: readonly WorldNodes[], setting: Setting, random: Random): Int32Array {
  const world = new PlacementWorld(groups, setting.devices);
  const { cluster } = world;
  const rows: number[] = [];
  let node = 0;
  for (let misses = 0; misses < WINDOW / 4; ) {
    misses = 0;
    for (let i = 0; i < WINDOW; i++) {
      const demand = setting.demand(random);
      const task = world.task(demand);
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
      rows.push(node, ...demand);
      node = (node + 1) % cluster.nodeCount;
    }
  }
  return Int32Array.from(rows);
}

/** Gives a history as bytes: nodes, running tasks, warm and all searches, then the columns; whole numbers of 32 bits. */
export function encodeHistory({ nodes, capacity, running, warm, steps }: PlacementHistory): Uint8Array {
  const stride = RESOURCES + 1;
  const head = [nodes, running.length / stride, warm, steps.length / stride];
  const all = new Int32Array(head.length + capacity.length + running.length + steps.length);
  let at = 0;
  for (const part of [head, capacity, running, steps]) {
    all.set(part, at);
    at += part.length;
  }
  return new Uint8Array(all.buffer);
}

/** Reads what {@link encodeHistory} gives. */
export function decodeHistory(bytes: Uint8Array): PlacementHistory {
  const all = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const [nodes, running, warm] = all as unknown as [number, number, number];
  const runningFrom = 4 + nodes * RESOURCES;
  const stepsFrom = runningFrom + running * (RESOURCES + 1);
  return {
    nodes,
    capacity: all.subarray(4, runningFrom),
    running: all.subarray(runningFrom, stepsFrom),
    warm,
    steps: all.subarray(stepsFrom),
  };
}
