import { checkUsers, type User } from './progressive-filling.ts';

/** A division over servers in which virtual shares are fair on each. */
export interface ServerDivision {
  /** By user, then by server; fractions. */
  readonly tasks: readonly (readonly number[])[];
  /** By user: tasks on all servers. */
  readonly totals: readonly number[];
  /** By user, then by server: how many tasks the user could run alone there, without a bound. */
  readonly alone: readonly (readonly number[])[];
  /** By user, then by server: totals / alone / weight; Infinity where the server cannot hold a task at all. */
  readonly virtualShares: readonly (readonly number[])[];
  /** How often all servers were filled anew. */
  readonly sweeps: number;
  /** False if the last sweep still moved something. */
  readonly settled: boolean;
}

/** Moves smaller than this part of what a user could run alone count as none. */
const STILL = 1e-13;

/**
 * Divides servers by per-server dominant-share fairness: on each server the virtual shares, a user's tasks everywhere over
 * those it could run alone there, are max-min fair.
 *
 * Each server in turn is emptied and filled with one rising level, given what the users have elsewhere, and so on until a
 * sweep moves nothing. The definition asks for no more than such a fixed point: for each user and server there is a full
 * resource that it needs, and no other user of that resource there has a smaller virtual share with something to give.
 * How a user's tasks are split among servers need not be unique.
 *
 * A user that demands nothing gets all it can use, on the first server.
 *
 * @param servers capacities, one amount a resource; alike servers may be given as one with their sum.
 * @throws RangeError as progressiveFilling does.
 * @see Khamse-Ashari et al., Per-Server Dominant-Share Fairness (PS-DSF), IEEE ICC 2017, section III
 */
export function psDsf(
  servers: readonly (readonly number[])[],
  users: readonly User[],
  { sweeps: most = 10_000 }: { readonly sweeps?: number } = {},
): ServerDivision {
  for (const capacity of servers) checkUsers(capacity, users);
  const alone = users.map(({ demand }) => servers.map((capacity) => tasksAlone(capacity, demand)));
  const tasks = users.map(() => servers.map(() => 0));
  const isFree = users.map(({ demand }) => demand.every((amount) => amount === 0));
  const totals = users.map(({ tasks: bound = Number.POSITIVE_INFINITY }, u) => (isFree[u] ? bound : 0));
  let sweeps = 0;
  let moved = users.length > 0 && servers.length > 0;
  while (moved && sweeps < most) {
    moved = false;
    sweeps++;
    for (const [i, capacity] of servers.entries()) {
      const before = tasks.map((own) => own[i]!);
      const guests = users.flatMap((user, u) =>
        !isFree[u] && alone[u]![i]! > 0
          ? [{ u, ...user, alone: alone[u]![i]!, elsewhere: Math.max(0, totals[u]! - before[u]!) }]
          : [],
      );
      const given = fillServer(capacity, guests);
      guests.forEach(({ u, elsewhere }, g) => {
        tasks[u]![i] = given[g]!;
        totals[u] = elsewhere + given[g]!;
        if (Math.abs(given[g]! - before[u]!) > STILL * alone[u]![i]!) moved = true;
      });
    }
    // Sums taken anew each time, so that rounding does not pile up.
    for (const [u, own] of tasks.entries()) if (!isFree[u]) totals[u] = own.reduce((sum, count) => sum + count, 0);
  }
  users.forEach((_, u) => {
    if (isFree[u] && servers.length > 0) tasks[u]![0] = totals[u]!;
  });
  const virtualShares = users.map(({ weight = 1 }, u) =>
    alone[u]!.map((most) => (most > 0 ? (isFree[u] ? 0 : totals[u]! / most / weight) : Number.POSITIVE_INFINITY)),
  );
  return { tasks, totals, alone, virtualShares, sweeps, settled: !moved };
}

/** Gives how many tasks a capacity holds, in fractions. */
export function tasksAlone(capacity: readonly number[], demand: readonly number[]): number {
  return Math.min(...demand.map((need, r) => (need > 0 ? capacity[r]! / need : Number.POSITIVE_INFINITY)));
}

interface Guest extends User {
  /** Tasks it could run alone on the server, above zero. */
  readonly alone: number;
  readonly elsewhere: number;
}

/** Fills one server with a level that rises: each guest has max(0, weight x level x alone - elsewhere) until it stops. */
function fillServer(capacity: readonly number[], guests: readonly Guest[]): number[] {
  const given = guests.map(() => 0);
  const pace = guests.map(({ weight = 1, alone }) => weight * alone);
  const start = guests.map(({ elsewhere }, g) => elsewhere / pace[g]!);
  const room = guests.map(({ tasks = Number.POSITIVE_INFINITY, elsewhere }) => Math.max(0, tasks - elsewhere));
  const left = [...capacity];
  let waiting = guests.map((_, g) => g).sort((a, b) => start[a]! - start[b]!);
  let rising: number[] = [];
  let level = 0;
  const settle = (g: number): void => {
    given[g] = Math.min(room[g]!, Math.max(0, pace[g]! * (level - start[g]!)));
    for (let r = 0; r < left.length; r++) left[r] = left[r]! - given[g]! * guests[g]!.demand[r]!;
  };
  while (waiting.length + rising.length > 0) {
    const next = waiting.length > 0 ? start[waiting[0]!]! : Number.POSITIVE_INFINITY;
    const sated = rising.reduce(
      (least, g) => Math.min(least, start[g]! + room[g]! / pace[g]!),
      Number.POSITIVE_INFINITY,
    );
    const full = left.map((amount, r) => fullAt(amount, r));
    const reached = Math.min(next, sated, ...full);
    level = Math.max(level, reached);
    if (Math.min(...full) <= reached) {
      const needs = (g: number) => guests[g]!.demand.some((need, r) => need > 0 && full[r]! <= reached);
      for (const g of rising) if (needs(g)) settle(g);
      rising = rising.filter((g) => !needs(g));
      waiting = waiting.filter((g) => !needs(g));
    } else if (sated <= reached) {
      const done = (g: number) => start[g]! + room[g]! / pace[g]! <= reached;
      for (const g of rising) if (done(g)) settle(g);
      rising = rising.filter((g) => !done(g));
    } else rising.push(waiting.shift()!);
  }
  return given;

  /** Gives the level at which a resource is full, were all to rise on as they do. */
  function fullAt(amount: number, r: number): number {
    let rate = 0;
    let offset = 0;
    for (const g of rising) {
      rate += pace[g]! * guests[g]!.demand[r]!;
      offset += pace[g]! * start[g]! * guests[g]!.demand[r]!;
    }
    return rate > 0 ? (amount + offset) / rate : Number.POSITIVE_INFINITY;
  }
}
