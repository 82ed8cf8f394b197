import type { NodeId } from '../../base/ids.ts';
import type { Time } from '../../base/time.ts';
import type { NodeState } from '../../cluster/node-states.ts';
import type { ListTable } from './list-table.ts';

/** A change of some nodes, on the clock of the run. */
export interface ListedEvent {
  readonly at: Time;
  readonly nodes: readonly NodeId[];
  readonly state: NodeState;
}

/** What a list of events is read for. */
export interface EventWorld {
  /** The time of the list that is time 0 of the run. */
  readonly startsAt: Time;
  /** Numbers of the nodes of that name, or of that group; undefined where there is none. */
  nodesNamed(name: string): readonly NodeId[] | undefined;
  /** Says whether a node has so much of each of these resources; what it does not have at all is not looked at. */
  hasCapacity(node: NodeId, amounts: Readonly<Record<string, number>>): boolean;
}

/** Reads one format of lists of events. */
export interface EventListFormat {
  /** What `format:` calls it. */
  readonly name: string;
  readonly summary: string;
  /** The columns that the header must have; of a list without a header, all in their order. */
  readonly columns: readonly string[];
  /** Says whether the first record of a list without a header looks like this format. */
  readonly headless?: (cells: readonly string[]) => boolean;
  /** Gives the events in order of time, and counts on the table's account those used and left out. */
  read(table: ListTable, world: EventWorld): ListedEvent[];
}
