import type { JobBatch } from '../job-batch.ts';

/** Writes jobs in one format, a batch at a time. */
export interface JobFile {
  /** What of the jobs the format could not hold: how many jobs that was, by what. */
  readonly lost: Readonly<Record<string, number>>;
  /** Takes the jobs of a batch, in order of submit time; gives the bytes that are ready, which may be none. */
  write(batch: JobBatch): Promise<Uint8Array>;
  /** Gives the last bytes. */
  finish(): Promise<Uint8Array>;
}
