import type { WorkloadTables } from '../workload-digest.ts';
import type { JobFile } from './job-file.ts';
import { type TidyCell, TidyRows } from './tidy-rows.ts';

/** Writes the tidy format as CSV; empty cells for what is not there and for false. */
export function tidyCsv(tables: WorkloadTables): JobFile {
  const rows = new TidyRows(tables);
  const encoder = new TextEncoder();
  let head = `${rows.names.map(cell).join(',')}\n`;
  const take = (): string => {
    const text = head;
    head = '';
    return text;
  };
  return {
    lost: {},
    async write(batch) {
      const lines: string[] = [];
      rows.each(batch, (cells) => lines.push(cells.map(cell).join(',')));
      return encoder.encode(take() + (lines.length > 0 ? `${lines.join('\n')}\n` : ''));
    },
    finish: async () => encoder.encode(take()),
  };
}

function cell(value: TidyCell): string {
  if (value === null || value === false) return '';
  if (typeof value !== 'string') return String(value);
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
