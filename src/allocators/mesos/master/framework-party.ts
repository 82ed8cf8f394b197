import type { FrameworkId, JobId, TaskId } from '../../../base/ids.ts';
import type { Time } from '../../../base/time.ts';
import type { FrameworkSettings } from '../../parties.ts';
import type { FrameworkScheduler } from '../schedulers/framework-scheduler.ts';
import type { OwnWork } from '../schedulers/own-work.ts';
import type { FrameworkCapability } from '../subscription.ts';
import type { HeldOffer } from './held-offer.ts';

/**
 * Where a framework stands with the master: never heard of, registered, not heard of since, or removed with all that it
 * ran.
 */
export type Standing = 'unknown' | 'registered' | 'disconnected' | 'removed';

/** A framework as the master keeps it. */
export class FrameworkParty {
  readonly id: FrameworkId;
  readonly name: string;
  readonly role: string;
  readonly settings: FrameworkSettings;
  standing: Standing = 'unknown';
  /** True while the allocator knows it; one that begins anew knows nobody. */
  isKnown = false;
  isSuppressed = false;
  /** True once it has submitted a job that demands gpus. */
  usesGpus = false;
  /** Grows with each registration and disconnection: what was put off for an earlier one is void. */
  session = 0;
  /** Offers that it has not answered, by number, in order of their making. */
  readonly offers = new Map<number, HeldOffer<FrameworkParty>>();
  /** What it keeps. */
  readonly kept = new Set<HeldOffer<FrameworkParty>>();
  /** Its jobs that have not ended. */
  readonly jobs = new Set<JobId>();
  /** Tasks that are gone with their node and count as running for it, as nobody has told it yet. */
  readonly untold = new Set<TaskId>();
  /** By job: how many tasks run, as far as it knows. */
  readonly running = new Map<JobId, number>();
  work!: OwnWork;
  scheduler!: FrameworkScheduler;
  /** When it was last woken, or will be. */
  wakeAt: Time = Number.NaN;

  constructor(id: FrameworkId, name: string, role: string, settings: FrameworkSettings) {
    this.id = id;
    this.name = name;
    this.role = role;
    this.settings = settings;
  }

  get capabilities(): readonly FrameworkCapability[] {
    return this.settings.capabilities ?? (this.usesGpus ? ['GPU_RESOURCES'] : []);
  }

  /** Counts a task that runs from now on (1), or no longer (-1). */
  countRunning(job: JobId, by: 1 | -1): void {
    const count = (this.running.get(job) ?? 0) + by;
    if (count > 0) this.running.set(job, count);
    else this.running.delete(job);
  }
}
