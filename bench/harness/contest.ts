/** What one run of one side gave. */
export interface Sample {
  /** Seconds of CPU, user and system, of all threads: of the whole process, or of the part that the program timed. */
  readonly cpu: number;
  /** Seconds by the clock on the wall; of whole processes alone. */
  readonly wall?: number;
  /** The most memory held, MiB. */
  readonly peak?: number;
  /** What was computed, by name: where two sides name the same, it must agree, or neither yields a figure. */
  readonly answer?: Readonly<Record<string, number>>;
  /** Further counts or CPU seconds that figures draw on. */
  readonly parts?: Readonly<Record<string, number>>;
}

/** One way to do the work of a contest, in a fresh process each time. */
export interface Side {
  readonly name: string;
  readonly run: () => Promise<Sample>;
}

/** The samples of one round, by side. */
export type Round = Readonly<Record<string, Sample>>;

/** A number that a contest yields, once a round. */
export interface Figure {
  readonly label: string;
  readonly unit: string;
  /** Sides without which there is no figure. */
  readonly needs: readonly string[];
  readonly of: (round: Round) => number;
  /** Which way is good. */
  readonly better: 'less' | 'more';
  /** Bounds on the median; none where the figure is for information. */
  readonly must?: number;
  readonly aim?: number;
  /** A bound that is no number: what a figure from elsewhere is. */
  readonly note?: string;
}

/** Sides that do the same work, run in turns. */
export interface Contest {
  readonly name: string;
  readonly sides: readonly Side[];
  readonly figures: readonly Figure[];
  /** Rounds at least, or at most, where those of the command line are too few or take too long. */
  readonly rounds?: { readonly least?: number; readonly most?: number };
}

/** One line of the budget: contests, or why there are none here. */
export interface Bench {
  readonly name: string;
  /** Runs with `--full` alone. */
  readonly long?: boolean;
  contests(lab: Lab): Contest[] | Promise<Contest[]>;
}

/** Said by a bench that cannot run here; the table gives the reason. */
export class NotHere extends Error {}

/** What benches have at hand. */
export interface Lab {
  /** Smaller inputs: to see that everything works. */
  readonly quick: boolean;
  /** Files that are gone after the run. */
  readonly folder: string;
  /** Runs the built command line as a whole process; gives what it printed, too. */
  allot(words: readonly string[]): Promise<Sample & { readonly out: string }>;
  /** Runs a file as a whole process of bare Node. */
  node(words: readonly string[]): Promise<Sample & { readonly out: string }>;
  /** Runs a program of `bench/` that times a part of itself and prints a {@link Sample}. */
  part(file: string, words: readonly (string | number)[]): Promise<Sample>;
  /** Sides of a twin of `bench/native`, as a whole process or by the part it times; none without a compiler. */
  twin(name: string, words: readonly (string | number)[], kind: 'whole' | 'part'): Side[];
  /** An unpacked log of the folder of real traces; throws {@link NotHere} without it. */
  trace(name: string): string;
}
