import type { OptionSpecs } from '../../base/options.ts';
import type { AllocatorDefinition } from '../allocator.ts';
import { readAlternatives } from './read-alternatives.ts';

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
  // Most runs have no master: it is loaded where one is made.
  async create(given, context) {
    const [{ Master }, { masterParts }] = await Promise.all([
      import('./master/master.ts'),
      import('./master-parts.ts'),
    ]);
    return new Master(masterParts(given, context));
  },
};
