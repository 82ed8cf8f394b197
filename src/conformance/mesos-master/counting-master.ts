import type { Decisions } from '../../allocators/allocator.ts';
import { Master } from '../../allocators/mesos/master/master.ts';
import { PolicyFactKind } from '../../allocators/policy-fact.ts';
import type { FrameworkId, JobId } from '../../base/ids.ts';
import type { ClusterView } from '../../cluster/view.ts';
import { overhear } from './overhear.ts';

/** A master that counts what it says of each framework, and lets a case end tasks from outside. */
export class CountingMaster extends Master {
  readonly #counts = new Map<string, number>();
  #decide!: Decisions;

  /** How often it has said so of the framework. */
  count(framework: FrameworkId, kind: keyof typeof PolicyFactKind): number {
    return this.#counts.get(`${framework} ${PolicyFactKind[kind]}`) ?? 0;
  }

  /** Ends all tasks of a job: the master hears that they have ended, whatever for. */
  end(job: JobId): void {
    this.#decide.fail(job, 'ended by the case');
  }

  override allocate(view: ClusterView, decide: Decisions): void {
    this.#decide = decide;
    const heard = overhear(decide, (fact) => {
      const key = `${fact.framework} ${fact.kind}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + (fact.count ?? 1));
    });
    super.allocate(view, heard);
  }
}
