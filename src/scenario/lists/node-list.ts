import type { ListRow } from './list-rows.ts';
import type { ListTable } from './list-table.ts';

/** Nodes as a list states them. */
export interface ListedNodes {
  readonly row: ListRow;
  readonly name: string;
  readonly count?: number;
  readonly capacity: Readonly<Record<string, string | number | { readonly devices: number }>>;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly price?: number;
}

/** Which machines of a list that tells of changes there are: those at the beginning, or all that ever come. */
export type Machines = 'present' | 'all';

/** Reads one format of lists of nodes. */
export interface NodeListFormat {
  /** What `format:` calls it. */
  readonly name: string;
  readonly summary: string;
  /** The columns that the header must have; of a list without a header, all in their order. */
  readonly columns: readonly string[];
  /** Says whether the first record of a list without a header looks like this format. */
  readonly headless?: (cells: readonly string[]) => boolean;
  /** Gives the nodes in order; tells the table what is wrong, and counts what is left out. */
  read(table: ListTable, machines: Machines): ListedNodes[];
}
