import { stringify } from 'yaml';
import { fitModel, type Goodness, goodnessOf } from '../workload/generators/fit/fit.ts';
import { observe } from '../workload/generators/fit/observed.ts';
import { generatedScenario } from './generated-scenario.ts';
import { openWorkload, type WorkloadArguments } from './open-workload.ts';
import { print } from './output.ts';

/** What `trace fit` is told. */
export interface FitArguments extends WorkloadArguments {
  readonly model: string;
  readonly seed: string;
  readonly json?: boolean | undefined;
}

/** Jobs that are drawn to compare. */
const DRAWN = 20_000;

/** Capacity of the cluster that drawn jobs are counted in; nothing is placed. */
const PLENTY = 1_000_000_000;

/** Prints the model that fits a workload, as YAML to paste or as JSON, with how far what it draws is from the workload. */
export async function fitWorkload(args: FitArguments): Promise<void> {
  const workload = await openWorkload(args);
  const observed = await observe(workload, workload.tables.resources);
  const block = fitModel(args.model, observed);
  const capacity = Object.fromEntries([
    [observed.sizeOf, PLENTY],
    ['cpus', PLENTY],
  ]);
  const drawing = generatedScenario({ ...block, model: args.model, jobs: DRAWN }, args.seed, [], capacity);
  const drawn = await openWorkload({ trace: args.trace, loaded: drawing });
  const goodness = goodnessOf(observed, await observe(drawn, drawn.tables.resources));
  if (args.json) {
    const result = {
      schema: 'allot.fit/1',
      model: args.model,
      jobs: observed.submits.length,
      generate: block,
      goodness,
    };
    await print(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  await print(
    `${comment(observed.submits.length, goodness)}${stringify([{ generate: block }], { lineWidth: 118, flowCollectionPadding: true })}`,
  );
}

function comment(jobs: number, { gaps, runs, sizes }: Goodness): string {
  const [a, b, c] = [gaps, runs, sizes].map((distance) => distance.toFixed(3));
  return `# Fitted to ${jobs} jobs. Kolmogorov-Smirnov distances of ${DRAWN} drawn ones: gaps ${a}, run times ${b}, sizes ${c}\n`;
}
