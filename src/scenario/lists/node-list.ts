import type { ListBook, ListPlace } from './list-book.ts';
import type { ListTable } from './list-table.ts';

/** Nodes as a list states them. */
export interface ListedNodes {
  readonly row: ListPlace;
  readonly name: string;
  readonly count?: number;
  readonly capacity: Readonly<Record<string, string | number | { readonly devices: number }>>;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly price?: number;
}

/** Which machines of a list that tells of changes there are: those at the beginning, or all that ever come. */
export type Machines = 'present' | 'all';

/** Reads one format of lists of nodes that are tables. */
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

/** Reads one format of lists of nodes that are documents, such as YAML. */
export interface NodeDocumentFormat {
  /** What `format:` calls it. */
  readonly name: string;
  readonly summary: string;
  /** Says whether the beginning of a text looks like this format. */
  looksLikeText(head: string): boolean;
  /**
   * Gives the nodes in order; tells the book what is wrong, and counts what is read and what is left out.
   *
   * @throws ScenarioError where the text is no document of the kind.
   */
  read(text: string, book: ListBook): ListedNodes[];
}
