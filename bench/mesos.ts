/**
 * Times allocation runs of the Mesos master's allocator: in each batch so many tasks have ended, and what they held is
 * offered and used again. All other nodes are full, or refused by everybody.
 *
 * Usage: tsx bench/mesos.ts <nodes> <frameworks> <changes a batch> <batches> full|refused
 */

import { HierarchicalAllocator } from '../src/allocators/mesos/hierarchical-allocator.ts';
import { MasterClock } from '../src/allocators/mesos/master/master-clock.ts';
import type { Offer } from '../src/allocators/mesos/offer.ts';
import { openStream } from '../src/base/random.ts';
import { cpuSeconds, report } from './harness/cpu-clock.ts';
import { xorshift } from './harness/xorshift.ts';

const SECOND = 1_000_000;
const YEAR = 31_536_000 * SECOND;
const [nodes, frameworks, changes, batches] = process.argv.slice(2, 6).map(Number) as [number, number, number, number];
const isRefused = process.argv[6] === 'refused';

const clock = new MasterClock();
const random = xorshift();
/** Who holds what of each node; null where everybody refuses it. */
const held: (Offer | null)[] = new Array(nodes).fill(null);
let offers = 0;
let refuses = false;

const allocator = new HierarchicalAllocator(
  { clock, random: openStream('bench', 'mesos') },
  {
    onOffers(framework, made) {
      offers += made.length;
      for (const offer of made) {
        const { role, node, resources } = offer;
        if (refuses) allocator.recover(framework, role, node, resources, YEAR, false);
        else {
          allocator.launch(framework, role, node, resources);
          held[Number(node)] = offer;
        }
      }
    },
  },
);

for (let i = 0; i < frameworks; i++) allocator.addFramework({ name: `f${i}`, roles: [`r${i}`] });
for (let node = 0; node < nodes; node++) {
  allocator.addNode({ name: String(node), total: allocator.catalog.scalars({ cpus: 4, mem: 4096 }) });
}
refuses = isRefused;
/** Refused by one framework after the other, until nobody is left. */
const settle = isRefused ? frameworks + 1 : 1;
for (let i = 0; i < settle; i++) batch();
refuses = false;

function batch(): void {
  clock.now += SECOND;
  allocator.requestBatch();
  clock.advance();
}

/** What was refused is offered again once there is more of it: the node has grown. */
function change(node: number): void {
  const offer = held[node];
  if (offer) allocator.recover(offer.framework, offer.role, offer.node, offer.resources, 0, true);
  else {
    const more = allocator.catalog.scalars({ cpus: 8, mem: 8192 });
    allocator.updateNode(String(node), { total: more });
  }
}

offers = 0;
const before = cpuSeconds();
for (let i = 0; i < batches; i++) {
  const seen = new Set<number>();
  while (seen.size < changes) seen.add(random() % nodes);
  for (const node of seen) change(node);
  batch();
}
report(cpuSeconds() - before, { offers }, {});
