import { resource } from '../../base/amounts.ts';
import { formatDuration, fromSeconds } from '../../base/time.ts';
import { formatNumber } from '../../report/quantity.ts';
import type { Amounts, ExplainedSpan } from '../../scenario/explanation.ts';

type Reason = NonNullable<ExplainedSpan['reason']>;
type Range = ExplainedSpan['room']['fitting'];

/** Stands for a blank at which no line ends. */
export const UNBROKEN = '\u00a0';

/** Says in a few words why a job waited over a span; times count from its submission at `submit_s`. */
export function spanText(span: ExplainedSpan, submit_s: number): string {
  const { room, reason, in_turn: inTurn } = span;
  const why = reason && reasonText(reason, { submit_s, inTurn, isAlone: room.has_room !== false });
  if (room.has_room === false) return why === null ? roomText(span) : `${roomText(span)}; ${why}`;
  if (room.has_room === 'at times') return `${why ?? 'the policy passed it over'}; at times ${roomText(span)}`;
  // That counts the nodes itself.
  const isCounted = reason?.kind === 'offers';
  const there = room.nodes > 1 && !isCounted ? `, though ${numbers(room.fitting)} of ${room.nodes} nodes had room` : '';
  return `${why ?? 'the policy passed it over'}${there}`;
}

/** Amounts as people write them: `2 cpus, 4096 mem`. */
export function amountsText(amounts: Amounts): string {
  return Object.entries(amounts)
    .filter(([, amount]) => amount > 0)
    .map(([name, amount]) => amountText(name, amount))
    .join(', ');
}

/** A time of the run, counted from the submission. */
export function timeText(time_s: number, submit_s: number): string {
  const since = fromSeconds(time_s) - fromSeconds(submit_s);
  return `${since < 0 ? '' : '+'}${formatDuration(since).replaceAll(' ', UNBROKEN)}`;
}

function amountText(name: string, amount: number): string {
  const { unit } = resource(name);
  return unit === '' ? `${formatNumber(amount)} ${name}` : `${formatNumber(amount)} ${unit} of ${name}`;
}

function numbers({ least, most }: Range): string {
  return least === most ? formatNumber(least) : `${formatNumber(least)} to ${formatNumber(most)}`;
}

function times({ least, most }: Range, submit_s: number): string {
  const [from, to] = [timeText(least, submit_s), timeText(most, submit_s)];
  return from === to ? from : `${from} to ${to}`;
}

function roomText({ room, nearest }: ExplainedSpan): string {
  const { nodes, together } = room;
  const parts = Object.entries(room.short).map(([name, count]) => [count, `short of ${name}`] as const);
  const others = [
    ...parts,
    [room.scattered, 'without devices that are free enough'] as const,
    [room.away, 'not up'] as const,
    [room.forbidden, 'not allowed'] as const,
  ].filter(([{ most }]) => most > 0);
  const lacking =
    nearest === null ? '' : `, at best by ${amountsText(nearest.lacks)}${nodes > 1 ? ` on ${nearest.node}` : ''}`;
  if (nodes === 1) return `no room: ${others.map(([, what]) => what).join(', ')}${lacking}`;
  const counts = others.map(([count, what]) => `${numbers(count)} of ${nodes} ${what}`).join(', ');
  if (together === undefined) return `no node has room: ${counts}${lacking}`;
  const found = `room for ${numbers(together.found)} of its ${numbers(together.tasks)} tasks at once`;
  return counts === '' ? found : `${found}: ${counts}`;
}

/** How a reason is told. */
interface Telling {
  readonly submit_s: number;
  /** How many jobs or parties in turn the one that is named stands for. */
  readonly inTurn: number;
  /** True if nothing else kept the job from starting. */
  readonly isAlone: boolean;
}

function reasonText(reason: Reason, { submit_s, inTurn, isAlone }: Telling): string {
  const at = (range: Range) => times(range, submit_s);
  const others = `${formatNumber(inTurn - 1)} ${inTurn === 2 ? 'other' : 'others'}`;
  const named = (name: string) => (inTurn > 1 ? `${name} and then ${others}` : name);
  const fits = inTurn > 1 ? 'which do not fit' : 'which does not fit';
  switch (reason.kind) {
    case 'behind-head': {
      const order = reason.order === 'submission' ? '' : ` by ${reason.order}`;
      return `behind ${named(reason.job.name)}, ${fits} (${numbers(reason.ahead)} ahead${order})`;
    }
    case 'behind-own':
      return `behind ${named(reason.job.name)} of ${reason.framework}, ${fits} (${numbers(reason.ahead)} ahead)`;
    case 'reserved': {
      const when = reason.at_s === undefined ? '' : ` from ${at(reason.at_s)}`;
      const end = isAlone ? `; this would end at ${at(reason.end_s)}` : '';
      return `room kept for ${named(reason.job.name)}${when}${end}`;
    }
    case 'own-reservation':
      return reason.at_s === undefined ? 'no time is in sight for it' : `has a reservation for ${at(reason.at_s)}`;
    case 'less-share':
      return `${named(reason.other)} goes first, with a share of ${numbers(reason.otherShare)}; ${reason.party} has ${numbers(reason.share)}`;
    case 'turn': {
      const next = reason.at_s === undefined ? '' : `, a turn ends at ${at(reason.at_s)}`;
      return `waits for its turn: ${numbers(reason.ahead)} ahead${next}`;
    }
    case 'next-pass':
      return `the next ${reason.what === 'round' ? 'round begins' : 'plan is made'} at ${at(reason.at_s)}`;
    case 'ceiling':
      return `${reason.role} may have ${numbers(reason.left)} ${reason.resource} more, this takes ${numbers(reason.needs)}`;
    case 'left-out':
      return 'the plan has no whole task for it';
    case 'no-seat':
      return `no seat in this round, which ends at ${at(reason.at_s)}; its part of the time is ${numbers(reason.share)}`;
    case 'no-master':
      return 'there is no master to offer anything';
    case 'not-registered':
      return `${reason.framework} is not registered with the master (${reason.standing})`;
    case 'offers':
      return offersText(reason, submit_s);
  }
}

/** Nodes that could take the task, by what stands between them. */
function offersText(reason: Extract<Reason, { kind: 'offers' }>, submit_s: number): string {
  const { framework, held, elsewhere, limited, headroom, refused, until_s } = reason;
  const until = until_s === undefined ? '' : ` until ${times(until_s, submit_s)}`;
  const parts = (
    [
      [held, `offered to ${framework}, not used`],
      [elsewhere, 'offered to others'],
      [limited, 'beyond its quota'],
      [headroom, 'kept for guarantees of others'],
      [refused, `refused by ${framework}${until}`],
    ] as const
  ).filter(([{ most }]) => most > 0);
  const why = parts.map(([count, what]) => `${numbers(count)} ${what}`);
  if (reason.suppressed) why.push(`${framework} wants no offers`);
  return why.length === 0 ? `${framework} waits for an offer` : `nodes with room: ${why.join(', ')}`;
}
