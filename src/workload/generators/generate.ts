import type { Random } from '../../base/random.ts';
import { NEVER } from '../../base/time.ts';
import type { JobBatch } from '../job-batch.ts';
import { drawsSingleTasks, inBatches, JobDrawer } from '../job-template.ts';
import { openAccount, type SourceAccount, type WorkloadContext, type WorkloadSource } from '../workload-source.ts';
import type { GeneratedJobs, GeneratorDefinition, Submitter } from './generator.ts';
import { ModelDrawer } from './model-drawer.ts';

/** Gives the jobs of a model: when they come, who submits them and what they are like are drawn from streams of their own. */
export function generate(
  definition: GeneratorDefinition,
  item: GeneratedJobs,
  context: WorkloadContext,
): WorkloadSource {
  const account = openAccount(item.label, definition.name);
  return {
    name: item.label,
    account,
    isOfSingleTasks: definition.jobs === undefined && drawsSingleTasks(item.template),
    async *batches() {
      const drawer = drawerOf(definition, item, context, account);
      const arrive = definition.arrivals(item.parameters, context.stream);
      const submitters = item.frameworks.length > 0 ? item.frameworks : (definition.frameworks ?? []);
      const choose = chooser(submitters, context);
      let drawn = 0;
      yield* inBatches(context.resources.length, (batch) => {
        if (drawn === item.jobs) return false;
        const submit = Math.round(arrive());
        if (submit > item.until || submit === NEVER) return false;
        drawn++;
        drawer.draw(batch, `${item.name}-${drawn}`, choose(), submit);
        return true;
      });
    },
  };
}

interface Drawer {
  draw(batch: JobBatch, name: string, framework: number, submit: number): void;
}

function drawerOf(
  { jobs, as }: GeneratorDefinition,
  { template, parameters }: GeneratedJobs,
  context: WorkloadContext,
  account: SourceAccount,
): Drawer {
  if (jobs !== undefined) {
    return new ModelDrawer(
      jobs(parameters, context),
      { ...template, as: template.as ?? as ?? 'tasks' },
      context,
      account,
    );
  }
  const { tasks, demand, duration } = template;
  return new JobDrawer({ ...template, tasks: tasks!, demand: demand!, duration: duration! }, context, account);
}

/** Draws who submits the next job; a single framework needs no draw. */
function chooser(submitters: readonly Submitter[], context: WorkloadContext): () => number {
  const ids = submitters.map(({ name }) => context.frameworks.id(name));
  if (ids.length === 1) return () => ids[0]!;
  const random: Random = context.stream('framework');
  const sum = submitters.reduce((all, { weight }) => all + weight, 0);
  return () => {
    let left = random() * sum;
    for (const [i, { weight }] of submitters.entries()) {
      left -= weight;
      if (left < 0) return ids[i]!;
    }
    return ids.at(-1)!;
  };
}
