import { quote } from '../../base/quote.ts';
import { NODE_STATES, type NodeState } from '../../cluster/node-states.ts';
import { readDuration } from '../values.ts';
import type { EventListFormat, ListedEvent } from './event-list.ts';
import type { ListRow } from './list-rows.ts';
import type { ListTable } from './list-table.ts';

/** This project's own lists of events: `at`, `node`, `is`, as in a scenario, and perhaps `for`. */
export const csvEvents: EventListFormat = {
  name: 'csv',
  summary: 'events as CSV: at, node, is, and perhaps for, as in a scenario',
  columns: ['at', 'node', 'is'],
  read(table, world) {
    const events: ListedEvent[] = [];
    for (const row of table.rows) {
      const time = timeOf(table, row, 'at');
      const [name, state] = [table.text(row, 'node'), table.text(row, 'is')];
      const nodes = world.nodesNamed(name);
      if (nodes === undefined) table.fault(row, `there is no node ${quote(name)}`);
      if (!isState(state)) table.fault(row, `\`is\` must be ${NODE_STATES.join(', ')}, not ${quote(state)}`);
      const length = table.text(row, 'for') === '' ? null : timeOf(table, row, 'for');
      if (nodes === undefined || !isState(state) || time === null) continue;
      table.account.used++;
      events.push({ at: Math.max(0, time - world.startsAt), nodes, state });
      if (length !== null) events.push({ at: Math.max(0, time + length - world.startsAt), nodes, state: 'up' });
    }
    return events
      .map((event, i) => ({ event, i }))
      .sort((a, b) => a.event.at - b.event.at || a.i - b.i)
      .map(({ event }) => event);
  },
};

function timeOf(table: ListTable, row: ListRow, column: string): number | null {
  const text = table.text(row, column);
  const time = readDuration(text);
  if (time === null) table.fault(row, `\`${column}\` must be a duration of 0 or more, such as 90s, not ${quote(text)}`);
  return time;
}

function isState(text: string): text is NodeState {
  return (NODE_STATES as readonly string[]).includes(text);
}
