import { ScenarioError } from '../base/errors.ts';
import { quote } from '../base/quote.ts';
import { loadScenario } from '../scenario/load-scenario.ts';
import type { Override } from '../scenario/marked.ts';
import { scenarioFiles } from '../scenario/scenario-files.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Services } from '../scenario/services.ts';
import { labelAllocators } from './allocator-labels.ts';
import { type Axis, gridOverrides, gridPoints } from './grid.ts';
import { digestOf, type PlannedRun, runId } from './planned-run.ts';
import { readSeeds } from './seed-list.ts';

/** What an experiment is made of, as the user wrote it. */
export interface PlanInput {
  readonly text: string;
  /** What errors call the text. */
  readonly file: string;
  /** Changes that hold for every run. */
  readonly overrides: readonly Override[];
  /** Allocators in YAML; those of the scenario where none is given. */
  readonly allocators: readonly string[];
  /** The seeds themselves, or a text that {@link readSeeds} takes. */
  readonly seeds: string | readonly string[];
  readonly axes: readonly Axis[];
}

/** What planning needs of the outside. */
export interface PlanServices extends Services {
  /** Gives the SHA-256 of a trace file. */
  traceHash(file: string): Promise<string>;
}

/** All runs of an experiment: allocators, by settings, by seeds, the last running fastest. */
export interface Plan {
  /** SHA-256 of the ids of all runs, in order of id. */
  readonly id: string;
  /** The scenario with what holds for every run. */
  readonly scenario: Scenario;
  readonly allocators: readonly string[];
  readonly seeds: readonly string[];
  readonly axes: readonly Axis[];
  /** SHA-256 of each trace and list file by its name in the scenario. */
  readonly traces: Readonly<Record<string, string>>;
  readonly runs: readonly PlannedRun[];
}

/**
 * Plans every run of an experiment and checks all scenarios that come up in it.
 *
 * @throws ScenarioError if one of them has a problem, two runs are the same, or a trace can be read only once.
 */
export async function makePlan(input: PlanInput, services: PlanServices): Promise<Plan> {
  const { text, file, overrides, axes } = input;
  const load = (more: readonly Override[]) => loadScenario(text, file, services, more).scenario;
  const base = load(overrides);
  const choices = allocatorOverrides(input, base);
  const chosen = choices.map((choice) => load([choice, ...overrides]).allocator);
  const labels = labelAllocators(chosen);
  const twice = labels.find((label, i) => labels.indexOf(label) < i);
  if (twice !== undefined) throw new ScenarioError(`allocator ${quote(twice)} is listed twice`);
  const seeds = typeof input.seeds === 'string' ? readSeeds(input.seeds, base.seed) : input.seeds;
  const traces: Record<string, string> = {};
  const runs: PlannedRun[] = [];
  for (const [i, choice] of choices.entries()) {
    for (const settings of gridPoints(axes)) {
      const scenario = load([choice, ...overrides, ...gridOverrides(settings)]);
      await hashTraces(scenario, traces, services);
      for (const seed of seeds) {
        const seeded = { ...scenario, seed };
        const id = runId(seeded, traces, services.sha256);
        runs.push({ id, allocator: labels[i]!, seed, settings, scenario: seeded });
      }
    }
  }
  const ids = runs.map((run) => run.id).sort();
  const same = ids.findIndex((id, i) => id === ids[i - 1]);
  if (same >= 0) throw new ScenarioError(sameRuns(runs.filter(({ id }) => id === ids[same])));
  const id = digestOf(ids.join('\n'), services.sha256);
  return { id, scenario: base, allocators: labels, seeds, axes, traces, runs };
}

function allocatorOverrides({ allocators }: PlanInput, { allocators: listed, allocator }: Scenario): Override[] {
  const texts =
    allocators.length > 0 ? allocators : (listed ?? [allocator]).map((choice) => JSON.stringify(written(choice)));
  return texts.map((value) => ({ path: 'allocator', value, label: `--allocators ${value}` }));
}

/** The form of a choice that a scenario takes: a program that decides is given by its command alone. */
function written(choice: Scenario['allocator']): unknown {
  const { name, ...options } = choice;
  return name === 'external' && 'command' in options ? options : choice;
}

async function hashTraces(scenario: Scenario, traces: Record<string, string>, services: PlanServices): Promise<void> {
  for (const file of scenarioFiles(scenario)) {
    if (file in traces) continue;
    if (file === '-') throw new ScenarioError('a trace from standard input can be read by one run alone; give a file');
    traces[file] = await services.traceHash(file);
  }
}

function sameRuns(runs: readonly PlannedRun[]): string {
  const said = runs.slice(0, 2).map(({ allocator, settings }) => `${allocator} with ${JSON.stringify(settings)}`);
  return `two runs of the plan are one and the same: ${said.join(', and ')}`;
}
