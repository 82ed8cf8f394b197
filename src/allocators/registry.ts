import type { AllocatorDefinition } from './allocator.ts';
import { assetFairness } from './asset-fairness.ts';
import { ceei } from './ceei.ts';
import { conservative } from './conservative.ts';
import { drf } from './drf.ts';
import { drfh } from './drfh.ts';
import { easy } from './easy.ts';
import { external } from './external/external.ts';
import { fgd } from './fgd/fgd.ts';
import { fifo } from './fifo.ts';
import { gavel } from './gavel/gavel.ts';
import { las } from './las.ts';
import { lcfs } from './lcfs.ts';
import { lpWeighted } from './lp/lp-weighted.ts';
import { mesos } from './mesos/mesos.ts';
import { ordered } from './ordered.ts';
import { priority } from './priority.ts';
import { ps } from './ps.ts';
import { psDsf } from './ps-dsf.ts';
import { random } from './random.ts';
import { rr } from './rr.ts';
import { srtf } from './srtf.ts';

/** Every allocator there is. */
export const allocators: readonly AllocatorDefinition[] = [
  fifo,
  ...ordered,
  priority,
  easy,
  conservative,
  srtf,
  lcfs,
  rr,
  ps,
  las,
  drf,
  drfh,
  psDsf,
  assetFairness,
  ceei,
  lpWeighted,
  gavel,
  fgd,
  mesos,
  random,
  external,
];

export function findAllocator(name: string): AllocatorDefinition | undefined {
  return allocators.find((definition) => definition.name === name);
}
