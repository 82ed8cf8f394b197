import type { ByteSource } from '../base/byte-source.ts';

/** Real logs that cases replay; they do not come with the program. */
export interface TraceFolder {
  /** What messages call it. */
  readonly name: string;
  /** Paths below the folder, with `/` between their parts. */
  readonly files: readonly string[];
  /** The same of tables in CSV. */
  readonly tables: readonly string[];
  /** Opens one of the files, unpacked. */
  open(file: string): ByteSource;
  /** Gives the SHA-256 of one of the files, unpacked, in hexadecimal. */
  sha256(file: string): Promise<string>;
}

/** A log that a case needs is not there; the case is skipped. */
export class MissingTrace extends Error {
  override readonly name = 'MissingTrace';

  constructor(wanted: string, folder: TraceFolder) {
    super(`${wanted} is not there (${folder.name})`);
  }
}

/** What is there where no folder is named. */
export const noTraces: TraceFolder = {
  name: 'no folder of traces is known',
  files: [],
  tables: [],
  open: (file) => {
    throw new MissingTrace(file, noTraces);
  },
  sha256: (file) => Promise.reject(new MissingTrace(file, noTraces)),
};
