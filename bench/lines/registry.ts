import type { Bench } from '../harness/contest.ts';
import { cellMonth } from './cell-month.ts';
import { drf } from './drf.ts';
import { eventQueue } from './event-queue.ts';
import { growth } from './growth.ts';
import { lp } from './lp.ts';
import { memory } from './memory.ts';
import { mesos } from './mesos.ts';
import { peersKth, peersLong } from './peers.ts';
import { placement } from './placement.ts';
import { reading } from './reading.ts';
import { readingFormats } from './reading-formats.ts';
import { replayRicc, replaySynthetic } from './replay.ts';
import { resultsFolder } from './results-folder.ts';
import { startUp } from './start-up.ts';
import { twoThreads } from './two-threads.ts';

/** Every bench, in the order of the table. */
export const BENCHES: readonly Bench[] = [
  replayRicc,
  replaySynthetic,
  eventQueue,
  placement,
  drf,
  reading,
  readingFormats,
  resultsFolder,
  startUp,
  peersKth,
  peersLong,
  growth,
  mesos,
  lp,
  twoThreads,
  memory,
  cellMonth,
];
