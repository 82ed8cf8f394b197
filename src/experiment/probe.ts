import { ScenarioError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { quote } from '../base/quote.ts';
import type { RunOptions } from '../scenario/run-scenario.ts';
import { type Claim, runWithLie, type UsefulRun } from '../scenario/run-with-lie.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Services } from '../scenario/services.ts';

/** What a resource is claimed to be needed in, of what it is. */
const FACTORS = [0.5, 1.5, 2, 4];
/** Frameworks that are probed where none is named: those with the most useful tasks. */
const PROBED = 8;
/** Gains below this part are rounding. */
const LEAST_GAIN = 1e-9;

/** What one lie gives. */
interface LieOutcome {
  /** What is claimed to be needed, or splitting in two. */
  readonly kind: 'claim' | 'split';
  /** As a reader would say it: `cpus x 2`, `mem too`, `two frameworks`. */
  readonly lie: string;
  readonly useful: number;
  readonly digest: string;
}

/** What lies give one framework. */
interface ProbedFramework {
  readonly framework: string;
  /** Useful tasks if it tells the truth. */
  readonly honest: number;
  /** The lie that gives most, null where none gives more than the truth. */
  readonly best: LieOutcome | null;
  /** The same of claims alone: mechanisms that no claim can cheat may still reward who splits in two. */
  readonly best_claim: LieOutcome | null;
  /** Useful tasks that the best lie gives beyond the truth, of those of the truth; 0 where none does. */
  readonly gain: number;
  readonly lies: readonly LieOutcome[];
}

/** What came of a probe; equal for equal scenarios. */
export interface Probe {
  readonly schema: 'allot.probe/1';
  readonly scenario: string;
  readonly seed: string;
  readonly allocator: Readonly<Record<string, unknown>>;
  /** How long useful work counts, from the first submission on: until the honest run ended. */
  readonly horizon_s: number;
  readonly honest_digest: string;
  /** Frameworks that were left out because there are so many. */
  readonly left_out: number;
  readonly frameworks: readonly ProbedFramework[];
}

/** How a probe is made. */
export interface ProbeOptions {
  /** Frameworks to probe; the eight with the most useful tasks where left out. */
  readonly frameworks?: readonly string[];
  /** Is told how many runs there will be, and of each that has ended. */
  readonly onPlan?: (runs: number) => void;
  readonly onRun?: () => void;
  readonly pacer?: RunOptions['pacer'];
  /** No further run begins once this is true. */
  readonly isStopped?: () => boolean;
}

/**
 * Runs a scenario again and again with one framework lying about what it needs, and tells what it would gain.
 *
 * Lies: each resource it demands times 0.5, 1.5, 2 and 4; each other resource claimed too; and splitting in two frameworks,
 * each with a role of its own. What counts is useful tasks: a task that claimed less than it needs is good for that part.
 *
 * @returns null where it was stopped.
 * @throws ScenarioError if a framework is named that submits nothing; else as runScenario does.
 */
export async function probe(scenario: Scenario, services: Services, options: ProbeOptions = {}): Promise<Probe | null> {
  const { onRun, isStopped, pacer } = options;
  const honest = await runWithLie(scenario, services, null, Number.POSITIVE_INFINITY, pacer);
  if (honest.interrupted || isStopped?.()) return null;
  const names = options.frameworks ?? mostUseful(honest);
  for (const name of names) knownOrThrow(name, honest);
  const plans = names.map((framework) => ({ framework, claims: claimsOf(framework, honest) }));
  options.onPlan?.(1 + plans.reduce((sum, { claims }) => sum + claims.length, 0));
  onRun?.();
  const frameworks: ProbedFramework[] = [];
  for (const { framework, claims } of plans) {
    const lies: LieOutcome[] = [];
    for (const claim of claims) {
      const second = secondName(framework, honest);
      const world = claim.kind === 'split' ? withSecond(scenario, framework, second) : scenario;
      const run = await runWithLie(world, services, { framework, second, claim }, honest.end, pacer);
      if (run.interrupted || isStopped?.()) return null;
      onRun?.();
      const kind = claim.kind === 'split' ? 'split' : 'claim';
      lies.push({
        kind,
        lie: sayClaim(claim, honest),
        useful: run.useful([framework, second]) ?? 0,
        digest: run.digest,
      });
    }
    frameworks.push(judge(framework, honest.useful([framework]) ?? 0, lies));
  }
  return {
    schema: 'allot.probe/1',
    scenario: scenario.name ?? 'unnamed',
    seed: scenario.seed,
    allocator: scenario.allocator,
    horizon_s: honest.end / 1e6,
    honest_digest: honest.digest,
    left_out: options.frameworks === undefined ? honest.frameworks.length - names.length : 0,
    frameworks,
  };
}

function judge(framework: string, honest: number, lies: readonly LieOutcome[]): ProbedFramework {
  const best = mostOf(lies, honest);
  // From nothing to something is no part of anything.
  const gain = best !== null && honest > 0 ? best.useful / honest - 1 : 0;
  const claims = lies.filter(({ kind }) => kind === 'claim');
  return { framework, honest, best, best_claim: mostOf(claims, honest), gain, lies };
}

/** Gives the first lie with the most useful tasks, or null where none gives more than the truth. */
function mostOf(lies: readonly LieOutcome[], honest: number): LieOutcome | null {
  const most = lies.reduce<LieOutcome | null>((best, each) => (each.useful > (best?.useful ?? 0) ? each : best), null);
  return most !== null && most.useful > honest * (1 + LEAST_GAIN) ? most : null;
}

function mostUseful(honest: UsefulRun): readonly string[] {
  const useful = new Map(honest.frameworks.map((name) => [name, honest.useful([name]) ?? 0]));
  const order = new Map(honest.frameworks.map((name, i) => [name, i]));
  const chosen = [...useful.keys()].sort((a, b) => useful.get(b)! - useful.get(a)! || order.get(a)! - order.get(b)!);
  return chosen.slice(0, PROBED).sort((a, b) => order.get(a)! - order.get(b)!);
}

function claimsOf(framework: string, honest: UsefulRun): readonly Claim[] {
  const demanded = honest.demanded(framework);
  return [
    ...demanded.flatMap((isDemanded, resource): Claim[] =>
      isDemanded ? FACTORS.map((factor) => ({ kind: 'scale', resource, factor })) : [{ kind: 'add', resource }],
    ),
    { kind: 'split' },
  ];
}

function sayClaim(claim: Claim, { resources }: UsefulRun): string {
  if (claim.kind === 'split') return 'two frameworks';
  const resource = resources[claim.resource]!;
  return claim.kind === 'add' ? `${resource} too` : `${resource} x ${claim.factor}`;
}

function secondName(framework: string, { frameworks }: UsefulRun): string {
  let name = `${framework}-2`;
  while (frameworks.includes(name)) name += '-2';
  return name;
}

/** Gives the second half of a framework a role beside that of the first. */
function withSecond(scenario: Scenario, framework: string, second: string): Scenario {
  const entry = scenario.frameworks?.[framework] ?? { 'failover-timeout': '0s', checkpoint: false };
  const role = entry.role ?? framework;
  const beside = role.includes('/') ? `${role.slice(0, role.lastIndexOf('/') + 1)}${second}` : second;
  return { ...scenario, frameworks: { ...scenario.frameworks, [second]: { ...entry, role: beside } } };
}

function knownOrThrow(name: string, { frameworks }: UsefulRun): void {
  if (frameworks.includes(name)) return;
  const guess = didYouMean(name, frameworks);
  throw new ScenarioError(
    `--framework ${name}: no framework ${quote(name)} submits anything${guess ? ` (${guess})` : ''}`,
  );
}
