import { csvEvents } from './csv-events.ts';
import type { EventListFormat } from './event-list.ts';
import { google2011Events } from './google2011-events.ts';

/** Every format of lists of events, in the order in which they are tried on a file of unknown format. */
export const eventListFormats: readonly EventListFormat[] = [google2011Events, csvEvents];

/** What `format:` of a list of events may be. */
export const eventListNames = eventListFormats.map(({ name }) => name) as [string, ...string[]];
