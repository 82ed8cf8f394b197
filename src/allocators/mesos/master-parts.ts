import { ScenarioError } from '../../base/errors.ts';
import { OptionReader } from '../../base/options.ts';
import type { Time } from '../../base/time.ts';
import type { ClusterView } from '../../cluster/view.ts';
import type { AllocatorContext } from '../allocator.ts';
import { ExternalScheduler } from '../external/external-scheduler.ts';
import type { HierarchicalAllocatorOptions, SorterName } from './allocator-options.ts';
import { HierarchicalAllocator } from './hierarchical-allocator.ts';
import type { OpenedScheduler } from './master/framework-desk.ts';
import type { FrameworkParty } from './master/framework-party.ts';
import type { MasterParts } from './master/master.ts';
import { DEFAULT_REFUSAL } from './offer-filters.ts';
import { readAlternatives } from './read-alternatives.ts';
import type { Amounts } from './resources/resource-catalog.ts';
import { findScheduler } from './schedulers/registry.ts';

/** What a master of these options is made with. */
export function masterParts(given: OptionReader, context: AllocatorContext): MasterParts {
  const { view, parties, stream } = context;
  const random = stream('mesos/allocator');
  return {
    view,
    parties,
    flags: {
      offerTimeout: given.duration('offer-timeout'),
      pingTimeout: given.duration('agent-ping-timeout')!,
      maxPingTimeouts: given.number('max-agent-ping-timeouts'),
      reregisterTimeout: given.duration('agent-reregister-timeout')!,
      breaksConnection: given.text('node-loss') === 'connection',
      registrationBackoff: given.duration('registration-backoff')!,
      recoveryFactor: given.number('allocator-agent-recovery-factor'),
      recoveryTimeout: given.duration('allocator-recovery-timeout')!,
      patience: given.duration('patience')!,
    },
    random: stream('mesos/registration'),
    openAllocator: (clock, listener) => {
      const allocator = new HierarchicalAllocator({ ...allocatorOptions(given, view), clock, random }, listener);
      // Columns of the allocator are the cluster's resources, in the same order.
      for (const { name } of view.resources) allocator.catalog.columnOf(name);
      const whitelist = names(given.text('whitelist'));
      if (whitelist.length > 0) allocator.setWhitelist(whitelist);
      return allocator;
    },
    openScheduler: (party, parts) => openScheduler(party, parts, context),
  };
}

function allocatorOptions(
  given: OptionReader,
  view: ClusterView,
): Omit<HierarchicalAllocatorOptions, 'clock' | 'random'> {
  const cost = given.duration('run-cost')!;
  const perNode = given.duration('run-cost-per-node')!;
  const alternatives = readAlternatives(given.text('min-allocatable-resources'))!;
  return {
    allocationInterval: given.duration('allocation-interval')!,
    minAllocatable: alternatives.map((amounts) => inThousandths(amounts, view)),
    filterGpus: given.flag('filter-gpu-resources'),
    excludedFromShares: names(given.text('fair-sharing-excluded-resource-names')),
    roleSorter: given.text('role-sorter') as SorterName,
    frameworkSorter: given.text('framework-sorter') as SorterName,
    runCost: (nodes): Time => cost + perNode * nodes,
  };
}

/** The allocator counts thousandths where the cluster counts steps, which may be finer. */
function inThousandths(amounts: Amounts, view: ClusterView): Amounts {
  return Object.fromEntries(
    Object.entries(amounts).map(([name, units]) => {
      const scale = view.resources.find((resource) => resource.name === name)?.scale ?? 1000;
      return [name, (units * scale) / 1000];
    }),
  );
}

function names(text: string): string[] {
  return text === 'none' ? [] : text.split(',').map((name) => name.trim());
}

/** @throws ScenarioError where the framework's scheduler is not known. */
function openScheduler(
  party: FrameworkParty,
  parts: Parameters<MasterParts['openScheduler']>[1],
  { view, stream, openChannel }: AllocatorContext,
): OpenedScheduler {
  const choice = party.settings.scheduler;
  const context = { ...parts, nodes: view.nodeCount, stream: (name: string) => stream(`mesos/${party.name}/${name}`) };
  if ('command' in choice) {
    const path = `frameworks.${party.name}.scheduler.command`;
    if (openChannel === undefined) {
      throw new ScenarioError([{ path, message: 'there are no other programs to ask here' }]);
    }
    const external = new ExternalScheduler(openChannel(choice.command), context, {
      framework: party.name,
      role: party.role,
      resources: view.resources,
      limitMs: choice.limitMs,
    });
    return {
      scheduler: external,
      refusal: DEFAULT_REFUSAL,
      think: 0,
      suppresses: false,
    };
  }
  const reader = new OptionReader(choice.options);
  const scheduler = findScheduler(choice.name)!.create(reader, context);
  return {
    scheduler,
    refusal: reader.duration('refuse')!,
    think: reader.duration('think')!,
    suppresses: reader.text('idle') === 'suppress',
  };
}
