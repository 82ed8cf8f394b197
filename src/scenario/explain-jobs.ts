import { type ResourceCatalog, toUnits } from '../base/amounts.ts';
import { type Time, toSeconds } from '../base/time.ts';
import { unitsOf } from '../simulation/wait-reason.ts';
import { thinned, type WaitSpan } from '../simulation/wait-timeline.ts';
import { WaitWatch, type Watched, type WatchedJob } from '../simulation/wait-watch.ts';
import type { Amounts, ExplainedJob, ExplainedSpan, Explanation, Remedy } from './explanation.ts';
import { type RunOptions, runScenario } from './run-scenario.ts';
import type { Scenario } from './schema.ts';
import type { Services } from './services.ts';

/**
 * Runs a scenario and writes down why some of its jobs waited.
 *
 * @param mostSpans how many spans of one job are told at most; of more, neighbours of a kind are joined, then short ones left out.
 * @throws what `runScenario` throws.
 */
export async function explainJobs(
  scenario: Scenario,
  services: Services,
  watched: Watched,
  mostSpans: number,
  options: RunOptions = {},
): Promise<Explanation> {
  const watch = new WaitWatch(watched);
  const observers = [...(options.observers ?? []), watch];
  const { result, cluster } = await runScenario(scenario, services, { roleShares: false, ...options, observers });
  return {
    schema: 'allot.explanation/1',
    scenario: result.scenario,
    seed: result.seed,
    allocator: result.allocator as Explanation['allocator'],
    digest: result.digest,
    jobs: watch.jobs.map((job) => explain(job, cluster.resources, (node) => cluster.nodes.name(node), mostSpans)),
    unlisted: watch.unwatched,
  };
}

type NameOf = (node: number) => string;

function explain(seen: WatchedJob, resources: ResourceCatalog, nameOf: NameOf, mostSpans: number): ExplainedJob {
  const { spans, leftOut } = thinned(seen.waits, mostSpans);
  return {
    job: seen.job.name,
    index: seen.job.index,
    framework: seen.framework,
    status: seen.status,
    ...(seen.reason !== '' && { rejection: seen.reason }),
    submit_s: toSeconds(seen.submit),
    start_s: secondsOf(seen.start),
    end_s: secondsOf(seen.end),
    wait_s: secondsOf(seen.start - seen.submit),
    estimate_s: secondsOf(seen.estimate),
    tasks: seen.tasks,
    gang: seen.isGang,
    demand: Object.fromEntries(seen.demand.map((amount, r) => [resources[r]!.name, toUnits(amount, resources[r]!)])),
    timeline: spans.map((span) => tellSpan(span, resources, nameOf)),
    left_out: { spans: leftOut.spans, time_s: toSeconds(leftOut.time) },
    events: seen.events.map(({ time, ...rest }) => ({ time_s: toSeconds(time), ...rest })),
    remedies: remediesOf(seen.waits.spans, resources, nameOf),
  };
}

function secondsOf(time: Time): number | null {
  return Number.isNaN(time) ? null : toSeconds(time);
}

function tellSpan(span: WaitSpan, resources: ResourceCatalog, nameOf: NameOf): ExplainedSpan {
  const { hasRoom, ...room } = span.facts.room;
  return {
    from_s: toSeconds(span.from),
    to_s: toSeconds(span.to),
    passes: span.passes,
    in_turn: span.inTurn,
    room: { has_room: span.isMixed ? 'at times' : hasRoom, nodes: span.nodes, ...room },
    reason: span.facts.reason,
    nearest: span.nearest && {
      time_s: toSeconds(span.nearest.time),
      node: nameOf(span.nearest.node),
      lacks: lacksOf(span.nearest, resources),
    },
  };
}

function lacksOf({ lacks }: NonNullable<WaitSpan['nearest']>, resources: ResourceCatalog): Amounts {
  return unitsOf(resources, lacks);
}

/** What was nearest to a start: the least that was missing, and the longest time that it might have taken. */
function remediesOf(spans: readonly WaitSpan[], resources: ResourceCatalog, nameOf: NameOf): Remedy[] {
  const remedies: Remedy[] = [];
  // Where others stood before it, more room would have been for them.
  const isNext = ({ facts: { reason } }: WaitSpan) => reason === null || reason.kind === 'own-reservation';
  const near = best(spans.filter(isNext), ({ nearest }) => nearest?.part ?? Number.POSITIVE_INFINITY)?.nearest;
  if (near) {
    remedies.push({
      kind: 'room',
      time_s: toSeconds(near.time),
      node: nameOf(near.node),
      lacks: lacksOf(near, resources),
    });
  }
  const longest = best(spans, (span) =>
    span.longest === null ? Number.POSITIVE_INFINITY : -span.longest.window_s,
  )?.longest;
  if (longest) remedies.push({ kind: 'shorter', time_s: toSeconds(longest.time), at_most_s: longest.window_s });
  return remedies;
}

/** The first of those with the least key; undefined for none. */
function best(spans: readonly WaitSpan[], keyOf: (span: WaitSpan) => number): WaitSpan | undefined {
  let found: WaitSpan | undefined;
  for (const span of spans)
    if (keyOf(span) < (found === undefined ? Number.POSITIVE_INFINITY : keyOf(found))) found = span;
  return found;
}
