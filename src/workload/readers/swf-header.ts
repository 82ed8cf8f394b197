import type { ByteSource } from '../../base/byte-source.ts';
import { LineReader } from './line-reader.ts';
import { decode } from './token-cursor.ts';

const LABEL = /^;\s*([A-Z][A-Za-z]*)\s*:\s*(.*)$/;
const CONTINUATION = /^;\s{2,}(\S.*)$/;

/**
 * Reads the labelled comments at the top of an SWF file, such as `MaxProcs` and `UnixStartTime`.
 *
 * Values are text without the blanks around it. A label that comes again, and an indented line below a label, adds a
 * line to its value. Reads no further than the first data row.
 */
export async function readSwfHeader(bytes: ByteSource): Promise<Record<string, string>> {
  const header = new Map<string, string>();
  const lines = new LineReader(bytes, 'SWF');
  let label = '';
  try {
    while (await lines.more()) {
      while (lines.next()) {
        const text = decode(lines.bytes, lines.start, lines.end).trim();
        if (text === '') continue;
        if (!text.startsWith(';')) return Object.fromEntries(header);
        const match = LABEL.exec(text);
        const value = match === null ? CONTINUATION.exec(text)?.[1] : match[2]!;
        label = match?.[1] ?? (value === undefined ? '' : label);
        if (label === '' || value === undefined) continue;
        const before = header.get(label);
        header.set(label, before === undefined ? value : `${before}\n${value}`);
      }
    }
    return Object.fromEntries(header);
  } finally {
    await lines.close();
  }
}
