import type { Bundle } from '../allocators/mesos/resources/bundle.ts';
import type { Range } from '../allocators/mesos/resources/ranges.ts';
import type { Amounts, ResourceCatalog, ResourceDescription } from '../allocators/mesos/resources/resource-catalog.ts';
import type { DiskInfo, Reservation } from '../allocators/mesos/resources/resource-kind.ts';
import { CaseError, Fields, show } from './fields.ts';

/** Reads resources of a Mesos case: `{name: scalar}`, or a list of objects with metadata. */
export function readResources(value: unknown, path: string, catalog: ResourceCatalog): Bundle {
  return catalog.bundle(readDescriptions(value, path));
}

/** Reads resources as they are described; a key that is not known is a {@link CaseError}. */
export function readDescriptions(value: unknown, path: string): ResourceDescription[] {
  if (Array.isArray(value)) return value.map((one, i) => readOne(new Fields(one, `${path}.${i}`)));
  const scalars = new Fields(value, path);
  return scalars.keys.map((name) => readNamed(name, scalars));
}

/** Reads amounts by name. */
export function readAmounts(value: unknown, path: string): Amounts {
  const fields = new Fields(value, path);
  return Object.fromEntries(fields.keys.map((name) => [name, fields.number(name)]));
}

/** A scalar, or ranges as text such as `[31000-32000]`. */
function readNamed(name: string, fields: Fields): ResourceDescription {
  const value = fields.raw(name);
  if (typeof value !== 'string') return { name, value: fields.number(name) };
  const ranges = value.replace(/^\[|\]$/g, '').split(',');
  return { name, ranges: ranges.map((each) => readRange(each.split('-').map(Number), `${fields.path}.${name}`)) };
}

function readOne(one: Fields): ResourceDescription {
  const read: ResourceDescription = {
    name: one.text('name'),
    ...(one.has('value') && { value: one.number('value') }),
    ...(one.has('ranges') && { ranges: one.list('ranges').map((range) => readRange(range, `${one.path}.ranges`)) }),
    ...(one.has('set') && { set: one.texts('set') }),
    ...(one.has('reservedTo') && { reservations: readReservations(one) }),
    ...(one.has('revocable') && { revocable: one.flag('revocable') }),
    ...(one.has('shared') && { shared: one.flag('shared') }),
    ...(one.has('copies') && { copies: one.number('copies') }),
    ...(one.has('disk') && { disk: readDisk(one.fields('disk')) }),
  };
  const unread = one.unread();
  if (unread.length > 0) throw new CaseError(`\`${unread[0]}\` was not understood`);
  return read;
}

function readRange(value: unknown, path: string): Range {
  if (Array.isArray(value) && value.length === 2 && value.every((end) => Number.isSafeInteger(end)))
    return [value[0], value[1]];
  throw new CaseError(`${path}: expected a range, got ${show(value)}`);
}

/** `reservedTo` is a role or the stack of a refinement; `reservation` says of which kind all levels are. */
function readReservations(one: Fields): Reservation[] {
  const to = one.raw('reservedTo');
  const roles = typeof to === 'string' ? [to] : one.texts('reservedTo');
  const type = one.has('reservation') ? one.text('reservation') : null;
  if (type !== null && type !== 'static' && type !== 'dynamic')
    throw new CaseError(`${one.path}.reservation: expected static or dynamic, got ${show(type)}`);
  return roles.map((role) => (type === null ? { role } : { role, type }));
}

function readDisk(disk: Fields): DiskInfo {
  return {
    ...(disk.has('id') && { id: disk.text('id') }),
    ...(disk.has('path') && { path: disk.text('path') }),
    ...(disk.has('source') && { source: disk.raw('source') as string | Record<string, unknown> }),
  };
}
