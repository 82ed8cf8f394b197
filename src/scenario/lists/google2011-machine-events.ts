import type { Time } from '../../base/time.ts';
import type { ListRow } from './list-rows.ts';
import type { ListTable } from './list-table.ts';

export const MACHINE_EVENT_COLUMNS = ['time', 'machine', 'type', 'platform', 'cpus', 'memory'] as const;

/** One record of the table of machine events. */
export interface MachineEvent {
  readonly row: ListRow;
  readonly time: Time;
  readonly machine: string;
  readonly type: 'add' | 'remove' | 'update';
  /** Parts of the largest machine's; null where the cell is empty. */
  readonly cpus: number | null;
  readonly mem: number | null;
}

const TYPES = ['add', 'remove', 'update'] as const;

/** Says whether cells are time, machine, type, platform, cpus and memory, as the trace has them without a header. */
export function looksLikeMachineEvent(cells: readonly string[]): boolean {
  return cells.length === 6 && /^\d+$/.test(cells[0]!) && /^\d+$/.test(cells[1]!) && /^[012]$/.test(cells[2]!);
}

/** Reads the table of machine events, in order of time; tells the table what is wrong. */
export function machineEvents(table: ListTable): MachineEvent[] {
  const amount = (row: ListRow, column: string) => (table.text(row, column) === '' ? null : table.number(row, column));
  const events = table.rows.map((row) => {
    const type = TYPES[table.whole(row, 'type')];
    if (type === undefined) table.fault(row, `\`type\` must be 0 (add), 1 (remove) or 2 (update)`);
    return {
      row,
      time: table.number(row, 'time'),
      machine: table.text(row, 'machine'),
      type: type ?? 'update',
      cpus: amount(row, 'cpus'),
      mem: amount(row, 'memory'),
    };
  });
  return events.sort((a, b) => a.time - b.time || a.row.line - b.row.line);
}
