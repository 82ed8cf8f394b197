import type { ByteSource } from '../base/byte-source.ts';
import type { OpenChannel } from '../base/channel.ts';
import type { Hasher } from '../base/hasher.ts';

/** What a run needs of the outside; the command line gives Node's, a page would give its own. */
export interface Services {
  /** Opens a trace named by a scenario; paths are relative to the scenario's folder. */
  openTrace(file: string): ByteSource;
  /** Gives why a trace cannot be opened, or null when it can. */
  traceProblem(file: string): string | null;
  /**
   * Reads all of a small file at once, unpacked, such as a list of nodes; paths are as for traces. Absent where that
   * cannot be done: then a scenario with such files is refused.
   */
  readonly readWhole?: (file: string) => Uint8Array;
  /** Opens a SHA-256. */
  sha256(): Hasher;
  /** Starts a program that decides; absent where there are none. Its folder is the scenario's. */
  readonly openChannel?: OpenChannel;
  /** Milliseconds of some clock, for the figures of the engine alone. */
  clock(): number;
  /** The most memory the process has held so far, MiB; null where that cannot be told. */
  peakMemory(): number | null;
}
