import { parseQuantity, resource } from '../../base/amounts.ts';
import { ScenarioError } from '../../base/errors.ts';
import { quote } from '../../base/quote.ts';
import type { NodeFile, NodeGroup } from '../schema.ts';
import type { ListAccount } from './list-account.ts';
import { ListBook } from './list-book.ts';
import { type ListRow, listRows } from './list-rows.ts';
import { ListTable } from './list-table.ts';
import type { ListedNodes, NodeListFormat } from './node-list.ts';
import { nodeDocumentFormats, nodeListFormats, nodeListNames } from './node-list-formats.ts';

/** Bytes by whose look a format is told. */
const HEAD = 65_536;

/** The nodes of a list, a group a record, and what became of its records. */
export interface NodeList {
  readonly groups: readonly NodeGroup[];
  readonly account: ListAccount;
}

/**
 * Reads a list of nodes; what the item says of all nodes holds where the list says nothing.
 *
 * @throws ScenarioError with what is wrong in the file, by line.
 */
export function readNodeList(content: Uint8Array, item: NodeFile): NodeList {
  const { listed, book } = documentNodes(content, item) ?? tableNodes(content, item);
  checkListed(listed, book);
  book.refuse();
  const { account } = book;
  account.used = new Set(listed.map(({ row }) => row)).size;
  if (listed.length === 0) throw new ScenarioError('the list has no node', { file: item.file });
  return { groups: listed.map((nodes) => groupOf(nodes, item)), account };
}

/** What a list says, and the book of its records. */
interface Listing {
  readonly listed: readonly ListedNodes[];
  readonly book: ListBook;
}

/** Gives nothing for a list that is no document. */
function documentNodes(content: Uint8Array, { file, format }: NodeFile): Listing | undefined {
  const head = new TextDecoder().decode(content.subarray(0, HEAD)).trimStart();
  const found = nodeDocumentFormats.find(({ name, looksLikeText }) =>
    format === undefined ? looksLikeText(head) : name === format,
  );
  if (found === undefined) return undefined;
  if (content.subarray(0, HEAD).includes(0)) throw new ScenarioError('this is no text', { file });
  if (head === '') throw new ScenarioError('the file is empty', { file });
  const book = new ListBook(file, found.name);
  return { listed: found.read(new TextDecoder().decode(content), book), book };
}

function tableNodes(content: Uint8Array, item: NodeFile): Listing {
  const { file } = item;
  const rows = listRows(content, file);
  const format = formatOf(item, rows[0]!);
  const columns = format.headless === undefined ? undefined : format.columns;
  const book = new ListTable(file, format.name, rows, format.columns, columns);
  book.account.read = book.rows.length;
  return { listed: format.read(book, item.machines), book };
}

function formatOf({ file, format }: NodeFile, { cells }: ListRow): NodeListFormat {
  const found = nodeListFormats.find(({ name, columns, headless }) =>
    format === undefined
      ? columns.every((column) => cells.includes(column)) || (headless?.(cells) ?? false)
      : name === format,
  );
  if (found !== undefined) return found;
  throw new ScenarioError(`this does not look like a list of nodes; known formats are ${nodeListNames.join(', ')}`, {
    file,
    line: 1,
  });
}

function checkListed(listed: readonly ListedNodes[], book: ListBook): void {
  const lines = new Map<string, number>();
  for (const { row, name, capacity } of listed) {
    if (name === '') book.fault(row, 'the node has no name');
    const first = lines.get(name);
    if (first === undefined) lines.set(name, row.line);
    else if (name !== '') book.fault(row, `${quote(name)} is the name of line ${first} already`);
    for (const [key, amount] of Object.entries(capacity)) {
      if (typeof amount === 'object' || parseQuantity(amount, resource(key)) !== null) continue;
      book.fault(row, `\`${key}\` must be an amount, such as 8, 64GB or 4d for devices, not ${quote(String(amount))}`);
    }
    if (Object.keys(capacity).length === 0) book.fault(row, 'the node has no capacity');
  }
}

function groupOf({ name, count = 1, capacity, attributes = {}, price }: ListedNodes, item: NodeFile): NodeGroup {
  return {
    name: (item.prefix ?? '') + name,
    count: count * item.copies,
    capacity,
    price: price ?? item.price ?? 0,
    attributes: { ...item.attributes, ...attributes },
  };
}
