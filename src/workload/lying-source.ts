import type { ResourceCatalog } from '../base/amounts.ts';
import type { Interner } from '../base/interner.ts';
import { JobBatch, JobFlag } from './job-batch.ts';
import type { WorkloadSource } from './workload-source.ts';

/**
 * What a framework says that is not so.
 *
 * scale: its tasks demand so many times what they do of a resource; add: they demand as large a part of the cluster of a
 * resource, of which they want none, as of the one they want most; split: it is two frameworks, with half of the tasks
 * each.
 */
export type Claim =
  | { readonly kind: 'scale'; readonly resource: number; readonly factor: number }
  | { readonly kind: 'add'; readonly resource: number }
  | { readonly kind: 'split' };

export interface Lie {
  readonly framework: string;
  /** The name under which half of the tasks come where it splits. */
  readonly second: string;
  readonly claim: Claim;
}

/** What a lie is told in. */
interface Audience {
  readonly resources: ResourceCatalog;
  readonly frameworks: Interner;
  /** Steps of a resource that the whole cluster has. */
  capacity(resource: number): number;
}

/** Gives the jobs of a source as they are when one framework lies; the account is that of the source. */
export function lyingSource(source: WorkloadSource, lie: Lie, audience: Audience): WorkloadSource {
  return { name: source.name, account: source.account, batches: () => lyingBatches(source, lie, audience) };
}

async function* lyingBatches(source: WorkloadSource, lie: Lie, audience: Audience): AsyncIterable<JobBatch> {
  let isSecond = false;
  for await (const batch of source.batches()) {
    const liar = audience.frameworks.find(lie.framework);
    const told = new JobBatch(batch.resources);
    for (let job = 0; job < batch.jobs; job++) {
      if (batch.framework[job] !== liar) told.copyJob(batch, job);
      else if (lie.claim.kind === 'split') isSecond = tellSplit(told, batch, job, isSecond, lie, audience);
      else {
        const row = told.copyJob(batch, job);
        for (let task = told.taskStart[row]!; task < told.tasks; task++) claimMore(told, task, lie.claim, audience);
      }
    }
    batch.release();
    yield told;
  }
}

/** Shares out the tasks of a job; one that cannot be parted goes to the two in turn. Gives whose turn is next. */
function tellSplit(
  told: JobBatch,
  batch: JobBatch,
  job: number,
  isSecond: boolean,
  lie: Lie,
  { frameworks, resources }: Audience,
): boolean {
  const from = batch.taskStart[job]!;
  const end = batch.taskStart[job + 1]!;
  const second = frameworks.id(lie.second);
  const isWhole = (batch.flags[job]! & JobFlag.gang) !== 0 || batch.stages[job] !== undefined;
  if (end - from === 1 || isWhole) {
    const row = told.copyJob(batch, job);
    if (isSecond) told.framework[row] = second;
    return !isSecond;
  }
  for (const [part, framework] of [batch.framework[job]!, second].entries()) {
    const row = told.addJob(batch.name[job]!, framework, batch.submit[job]!, batch.source[job]!);
    told.estimate[row] = batch.estimate[job]!;
    told.priority[row] = batch.priority[job]!;
    told.weight[row] = batch.weight[job]!;
    told.flags[row] = batch.flags[job]!;
    told.constraint[row] = batch.constraint[job]!;
    for (let task = from + part; task < end; task += 2) {
      told.addTask(batch.run[task]!, batch.demand.subarray(task * resources.length, (task + 1) * resources.length));
    }
  }
  return isSecond;
}

function claimMore(told: JobBatch, task: number, claim: Exclude<Claim, { kind: 'split' }>, audience: Audience): void {
  const { resources, capacity } = audience;
  const at = task * resources.length;
  const demand = told.demand[at + claim.resource]!;
  if (claim.kind === 'scale') {
    if (demand > 0) told.demand[at + claim.resource] = whole(demand * claim.factor);
    return;
  }
  let largest = 0;
  for (let r = 0; r < resources.length; r++) {
    if (capacity(r) > 0) largest = Math.max(largest, told.demand[at + r]! / capacity(r));
  }
  if (demand === 0) told.demand[at + claim.resource] = whole(largest * capacity(claim.resource));

  /** Of devices a part of one, or whole ones. */
  function whole(amount: number): number {
    const { devices, scale } = resources[claim.resource]!;
    return devices && amount > scale ? Math.ceil(amount / scale) * scale : Math.max(1, Math.round(amount));
  }
}
