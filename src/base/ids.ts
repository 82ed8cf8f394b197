/** A row number that names one kind of thing; costs nothing at run time and cannot be mixed with another kind. */
export type Id<Kind extends string> = number & { readonly __kind?: Kind };

export type NodeId = Id<'node'>;
export type JobId = Id<'job'>;
export type TaskId = Id<'task'>;
export type RoleId = Id<'role'>;
export type FrameworkId = Id<'framework'>;

/** No row: what a search gives when it finds nothing. */
export const NONE = -1;
