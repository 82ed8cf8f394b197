import type { ByteSource } from '../../base/byte-source.ts';

/**
 * Gives a log without the rows that a rule refuses; comments stay, and so do rows that are not long enough.
 *
 * @param keep is given the numbers of a row, field 1 first; NaN for what is no number.
 */
export function keptRows(log: ByteSource, fields: number, keep: (row: readonly number[]) => boolean): ByteSource {
  return {
    name: log.name,
    async *chunks() {
      const decoder = new TextDecoder();
      const encoder = new TextEncoder();
      let rest = '';
      for await (const chunk of log.chunks()) {
        const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
        rest = lines.pop()!;
        const kept = lines.filter(stays).map((line) => `${line}\n`);
        if (kept.length > 0) yield encoder.encode(kept.join(''));
      }
      rest += decoder.decode();
      if (rest !== '' && stays(rest)) yield encoder.encode(rest);
    },
  };

  function stays(line: string): boolean {
    const text = line.trim();
    if (text === '' || text.startsWith(';')) return true;
    const row = text.split(/\s+/, fields).map(Number);
    return row.length < fields || keep(row);
  }
}
