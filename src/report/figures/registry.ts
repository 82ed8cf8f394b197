import { slowdownEcdf, waitEcdf } from './distribution.ts';
import type { Figure } from './figure.ts';
import { gantt } from './gantt.ts';
import { queue } from './queue.ts';
import { shares } from './shares.ts';
import { utilization } from './utilization.ts';

/** All figures, in the order of a report. */
export const figures: readonly Figure[] = [utilization, shares, queue, waitEcdf, slowdownEcdf, gantt];
