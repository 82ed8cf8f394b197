import { ScenarioError } from '../../base/errors.ts';
import { OptionReader, type OptionSpecs } from '../../base/options.ts';
import type { Time } from '../../base/time.ts';
import type { ClusterView } from '../../cluster/view.ts';
import type { AllocatorContext, AllocatorDefinition } from '../allocator.ts';
import { ExternalScheduler } from '../external/external-scheduler.ts';
import type { HierarchicalAllocatorOptions, SorterName } from './allocator-options.ts';
import { HierarchicalAllocator } from './hierarchical-allocator.ts';
import type { OpenedScheduler } from './master/framework-desk.ts';
import type { FrameworkParty } from './master/framework-party.ts';
import { Master, type MasterParts } from './master/master.ts';
import { DEFAULT_REFUSAL } from './offer-filters.ts';
import { readAlternatives } from './read-alternatives.ts';
import type { Amounts } from './resources/resource-catalog.ts';
import { findScheduler } from './schedulers/registry.ts';

const options: OptionSpecs = {
  'allocation-interval': {
    kind: 'duration',
    default: '1s',
    summary: 'the time between the end of one batch and the next, and the least that a refusal holds',
  },
  'offer-timeout': {
    kind: 'duration',
    optional: true,
    default: 'none',
    summary: 'how long an offer may stay without an answer before it is taken back',
  },
  'role-sorter': sorter('roles'),
  'framework-sorter': sorter('the frameworks of a role'),
  'min-allocatable-resources': {
    kind: 'text',
    default: 'cpus:0.01|mem:32',
    summary: 'the least that is offered: alternatives, each of amounts that must all be there; mem in MiB',
    check: (text) => (readAlternatives(text) === null ? 'expected alternatives such as cpus:0.01|mem:32' : null),
  },
  'filter-gpu-resources': {
    kind: 'flag',
    default: true,
    summary: 'whether nodes with gpus are hidden from frameworks without GPU_RESOURCES',
  },
  'fair-sharing-excluded-resource-names': {
    kind: 'text',
    default: 'none',
    summary: 'resources that shares leave out, separated by commas',
  },
  whitelist: { kind: 'text', default: 'none', summary: 'the only nodes that are offered, separated by commas' },
  'agent-ping-timeout': { kind: 'duration', default: '15s', summary: 'how long a node may take to answer a ping' },
  'max-agent-ping-timeouts': {
    kind: 'number',
    whole: true,
    min: 1,
    default: 5,
    summary: 'how many pings a node may miss before it counts as gone',
  },
  'agent-reregister-timeout': {
    kind: 'duration',
    default: '10m',
    summary: 'how long a node that has lost its connection may take to come back',
  },
  'node-loss': {
    kind: 'choice',
    of: ['connection', 'silence'],
    default: 'connection',
    summary: 'how the master notices a node that goes down: its connection breaks, or pings stay without an answer',
  },
  'registration-backoff': {
    kind: 'duration',
    zero: true,
    default: '1s',
    summary: 'over how long nodes and frameworks register again with a new master, at random',
  },
  'allocator-agent-recovery-factor': {
    kind: 'number',
    min: 0,
    max: 1,
    default: 0.8,
    summary: 'the part of the nodes that must be back before a new master offers anything, where there are quotas',
  },
  'allocator-recovery-timeout': { kind: 'duration', default: '10m', summary: 'how long it waits for them at most' },
  'run-cost': { kind: 'duration', zero: true, default: '0s', summary: 'how long an allocation run takes' },
  'run-cost-per-node': { kind: 'duration', zero: true, default: '0s', summary: 'how much longer for each node' },
  patience: {
    kind: 'duration',
    default: '1h',
    summary: 'how long offers go round while nothing runs, starts or arrives, before the rest counts as stuck',
  },
};

function sorter(what: string) {
  return {
    kind: 'choice',
    of: ['drf', 'random'],
    default: 'drf',
    summary: `who is offered resources first, of ${what}: the least dominant share, or anyone by weight`,
  } as const;
}

export const mesos: AllocatorDefinition = {
  name: 'mesos',
  summary: 'the two-level master of Apache Mesos: resources are offered to frameworks, whose schedulers decide',
  source: 'Hindman et al., Mesos, NSDI 2011; Apache Mesos 1.12, src/master',
  options,
  create: (given, context) => new Master(masterParts(given, context)),
};

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
