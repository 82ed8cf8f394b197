import { didYouMean } from '../../base/nearest.ts';
import { quote } from '../../base/quote.ts';
import { ListBook } from './list-book.ts';
import type { ListRow } from './list-rows.ts';

/** The records of a list by the names of their columns. */
export class ListTable extends ListBook {
  readonly rows: readonly ListRow[];
  readonly #places: ReadonlyMap<string, number>;

  /**
   * Takes the first row for the header where `columns` is left out or it has one of them; else the columns stand in order.
   *
   * @throws ScenarioError if the header lacks one of `needed`.
   */
  constructor(
    file: string,
    format: string,
    rows: readonly ListRow[],
    needed: readonly string[],
    columns?: readonly string[],
  ) {
    super(file, format);
    const [first] = rows as [ListRow];
    const hasHeader = columns === undefined || columns.some((name) => first.cells.includes(name));
    const names = hasHeader ? first.cells : columns;
    this.#places = new Map(names.map((name, i) => [name, i] as const).reverse());
    this.rows = hasHeader ? rows.slice(1) : rows;
    for (const name of needed) {
      if (!this.#places.has(name)) {
        this.fault(first, `the header has no column ${quote(name)}`, didYouMean(name, names));
      }
    }
    this.refuse();
  }

  /** Names of the columns, in order. */
  get columns(): string[] {
    return [...this.#places].sort(([, a], [, b]) => a - b).map(([name]) => name);
  }

  /** The empty string where there is no such column or cell. */
  text(row: ListRow, column: string): string {
    return row.cells[this.#places.get(column) ?? -1] ?? '';
  }

  /** A number of 0 or more; tells what is wrong and gives 0 where the cell holds none. */
  number(row: ListRow, column: string): number {
    const text = this.text(row, column);
    const value = text === '' ? Number.NaN : Number(text);
    if (value >= 0 && value < Number.POSITIVE_INFINITY) return value;
    this.fault(row, `\`${column}\` must be a number of 0 or more, not ${shown(text)}`);
    return 0;
  }

  /** A whole number of `least` or more; tells what is wrong and gives `least` where the cell holds none. */
  whole(row: ListRow, column: string, least = 0): number {
    const text = this.text(row, column);
    const value = text === '' ? Number.NaN : Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    this.fault(row, `\`${column}\` must be a whole number of ${least} or more, not ${shown(text)}`);
    return least;
  }
}

function shown(cell: string): string {
  return cell === '' ? 'empty' : quote(cell);
}
