import type { Allocator } from '../../allocators/allocator.ts';
import { createAllocator } from '../../allocators/create.ts';
import { Fifo } from '../../allocators/fifo.ts';
import { JobStarter } from '../../allocators/job-starter.ts';
import { noParties } from '../../allocators/parties.ts';
import type { Random } from '../../base/random.ts';
import type { TaskTally } from '../../cluster/task-tally.ts';
import type { ClusterView } from '../../cluster/view.ts';
import { nodeScores, PodClasses, type ScoredChoice, ScoredPlacement } from './scored-placement.ts';

/** Makes the policy of one run; the tally is of the list of pods before it was prolonged. */
export type OpenbPolicy = (view: ClusterView, random: Random, pods: TaskTally) => Promise<Allocator>;

/** The published policies; `first-fit` is first fit in order of names, with any device. */
export const openbPolicies = {
  FGD: (view, random, pods) =>
    createAllocator(
      'fgd',
      { queue: 'skip', types: 'all', 'most-types': 1000 },
      view,
      () => random,
      noParties,
      undefined,
      undefined,
      () => Promise.resolve(pods),
    ),
  BestFit: scored({ score: nodeScores.bestFit, ties: 'name', device: 'tightest' }),
  'BestFit, random ties': scored({ score: nodeScores.bestFit, ties: 'random', device: 'tightest' }),
  DotProd: scored({ score: nodeScores.dotProduct, ties: 'name', device: 'tightest' }),
  GpuPacking: scored({ score: nodeScores.gpuPacking, ties: 'name', device: 'tightest' }),
  GpuClustering: (view, random, pods) => {
    const classes = new PodClasses();
    return scored({
      score: (match, node) => classes.score(match, node),
      ties: 'name',
      device: 'tightest',
      placed: (match, node) => classes.placed(match, node),
    })(view, random, pods);
  },
  Random: scored({ score: nodeScores.none, ties: 'random', device: 'random' }),
  'first fit': scored({ score: nodeScores.none, ties: 'name', device: 'random' }),
} satisfies Record<string, OpenbPolicy>;

function scored(choice: ScoredChoice): OpenbPolicy {
  return async (view, random) => new Fifo(view, new JobStarter(view, new ScoredPlacement(view, choice, random)), true);
}
