import type { OpenChannel } from '../base/channel.ts';
import { ScenarioError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { type OptionProblem, OptionReader, type OptionValue, resolveOptions } from '../base/options.ts';
import type { Random } from '../base/random.ts';
import type { ClusterView } from '../cluster/view.ts';
import type { Allocator, AllocatorContext } from './allocator.ts';
import { noParties, type Parties } from './parties.ts';
import { onlyNode } from './placement/only-node.ts';
import { placements } from './placement/registry.ts';
import { allocators, findAllocator } from './registry.ts';

/** An allocator's name and every option with its value. */
export interface ResolvedAllocator {
  readonly name: string;
  readonly options: Readonly<Record<string, OptionValue>>;
}

/**
 * Checks an allocator's name and options.
 *
 * @returns the allocator with every option, or what is wrong; a problem with the name has the key `name`.
 */
export function resolveAllocator(
  name: string,
  given: Readonly<Record<string, unknown>>,
): { resolved: ResolvedAllocator } | { problems: readonly OptionProblem[] } {
  const definition = findAllocator(name);
  if (definition === undefined) {
    const names = allocators.map((each) => each.name);
    const suggestion = didYouMean(name, names);
    const message = `there is no allocator \`${name}\`; there are ${names.join(', ')}`;
    return { problems: [{ key: 'name', message, ...(suggestion && { suggestion }) }] };
  }
  const { values, problems } = resolveOptions(definition.options, given);
  return problems.length > 0 ? { problems } : { resolved: { name, options: values } };
}

/** Says whether all that an allocator ever decides is to start tasks. */
export function startsOnly({ name, options }: ResolvedAllocator): boolean {
  return findAllocator(name)!.startsOnly?.(new OptionReader(options)) ?? false;
}

/**
 * Makes an allocator over a cluster.
 *
 * @param timed does work in a solver, and may time it.
 * @param survey counts the tasks of the whole workload, for allocators that know it beforehand.
 * @param openChannel starts programs for allocators that ask one; the caller closes what it has opened.
 * @throws ScenarioError if the name or an option is wrong.
 */
export async function createAllocator(
  name: string,
  given: Readonly<Record<string, unknown>>,
  view: ClusterView,
  stream: (name: string) => Random,
  parties: Parties = noParties,
  openChannel?: OpenChannel,
  timed: AllocatorContext['timed'] = (work) => work(),
  survey?: AllocatorContext['survey'],
): Promise<Allocator> {
  const outcome = resolveAllocator(name, given);
  if ('problems' in outcome) {
    throw new ScenarioError(outcome.problems.map(({ key, ...rest }) => ({ path: `allocator.${key}`, ...rest })));
  }
  const context: AllocatorContext = {
    view,
    resources: view.resources,
    stream,
    parties,
    timed,
    ...(openChannel && { openChannel }),
    ...(survey && { survey }),
    placement: (wanted) =>
      view.nodeCount === 1
        ? onlyNode(view, wanted)
        : placements.find((each) => each.name === wanted)!.create(view, stream(`placement/${wanted}`)),
  };
  return findAllocator(name)!.create(new OptionReader(outcome.resolved.options), context);
}
