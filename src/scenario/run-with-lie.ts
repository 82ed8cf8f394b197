import type { Lie } from '../workload/lying-source.ts';
import type { RunOptions } from './run-scenario.ts';
import { runScenario } from './run-scenario.ts';
import type { Scenario } from './schema.ts';
import type { Services } from './services.ts';
import { UsefulWork } from './useful-work.ts';

export type { Claim, Lie } from '../workload/lying-source.ts';

/** What a run gave each framework. */
export interface UsefulRun {
  readonly resources: readonly string[];
  /** In order of appearance. */
  readonly frameworks: readonly string[];
  /** By resource: whether the framework demands any of it. */
  demanded(framework: string): readonly boolean[];
  /** Useful tasks of these frameworks together; null where no time has passed. */
  useful(frameworks: readonly string[]): number | null;
  /** Microseconds. */
  readonly end: number;
  readonly digest: string;
  readonly interrupted: boolean;
}

/**
 * Runs a scenario in which one framework lies, or nobody does, and adds up useful tasks up to the horizon.
 *
 * A framework that splits has its second half under the name `second`, in a role of that name beside its own.
 *
 * @throws as runScenario does.
 */
export async function runWithLie(
  scenario: Scenario,
  services: Services,
  lie: Lie | null,
  horizon: number,
  pacer?: RunOptions['pacer'],
): Promise<UsefulRun> {
  const work = new UsefulWork(lie, horizon);
  const { result, cluster } = await runScenario(scenario, services, {
    observers: [work],
    roleShares: false,
    ...(lie && { lie }),
    ...(pacer && { pacer }),
  });
  return {
    resources: cluster.resources.map(({ name }) => name),
    frameworks: work.frameworks,
    demanded: (framework) => work.demanded(framework),
    useful: (frameworks) => work.tasks(frameworks),
    end: work.end,
    digest: result.digest,
    interrupted: result.interrupted,
  };
}
