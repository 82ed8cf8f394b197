/** One level of a reservation; the last of a stack is the role that the resource is reserved to. */
export interface Reservation {
  readonly role: string;
  readonly type?: 'static' | 'dynamic';
  /** Keep reservations of one role apart. */
  readonly principal?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** What makes a disk more than space: a persistent volume's id, its path, where the space comes from. */
export interface DiskInfo {
  readonly id?: string;
  readonly path?: string;
  /** `PATH`, `MOUNT`, `RAW` or `BLOCK`, or an object whose `type` is one of them. */
  readonly source?: string | Readonly<Record<string, unknown>>;
}

/**
 * All metadata of a resource: two objects merge only if they are of one kind.
 *
 * Kinds are interned in a catalog, so that being of one kind is being the same object.
 *
 * @see Mesos, docs/attributes-resources.md, docs/reservation.md, docs/persistent-volume.md
 */
export interface ResourceKind {
  readonly name: string;
  readonly column: number;
  readonly type: 'scalar' | 'ranges' | 'set';
  /** From the outermost to the most refined; empty: unreserved. */
  readonly reservations: readonly Reservation[];
  /** Last role of the stack, or null where unreserved. */
  readonly reservedTo: string | null;
  readonly revocable: boolean;
  readonly shared: boolean;
  readonly disk: DiskInfo | null;
  /** True for what is held in copies and never cut: shared volumes, persistent volumes, disks of MOUNT, RAW or BLOCK. */
  readonly counted: boolean;
  /** Thousandths of one copy, where counted. */
  readonly amount: number;
}

const WHOLE_SOURCES = new Set(['MOUNT', 'RAW', 'BLOCK']);

/** Says whether a disk is either kept whole or dropped. */
export function isIndivisible(disk: DiskInfo | null): boolean {
  if (disk === null) return false;
  const { source } = disk;
  const type = typeof source === 'string' ? source : source?.['type'];
  return disk.id !== undefined || (typeof type === 'string' && WHOLE_SOURCES.has(type.toUpperCase()));
}
