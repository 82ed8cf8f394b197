import { CaseError } from '../fields.ts';

type Step = Readonly<Record<string, unknown>>;

/** What an expectation in prose says, as steps, and what of it is left out. */
export interface Script {
  readonly steps: readonly Step[];
  readonly leftOut?: readonly [part: string, reason: string];
}

const CPU = { cpus: 1, mem: 128 };

/** Expectations that stand in words, by how they begin. */
const scripts: readonly (readonly [begins: string, script: Script])[] = [
  [
    'agent deactivated, its offers rescinded; tasks of frameworks without checkpointing become TASK_LOST',
    {
      steps: [
        { op: 'expectRescinded', framework: 'waiting', value: 1 },
        { op: 'expectTaskStates', checkpointing: 'TASK_RUNNING', notCheckpointing: 'TASK_LOST' },
        // Two of three tasks of one cpu are left, and nobody is offered the rest.
        { op: 'expectMetrics', metrics: { 'allocator/mesos/resources/cpus/offered_or_allocated': 2 } },
        { op: 'advance', seconds: 74 },
        { op: 'expectNoOffers' },
        { op: 'expectTaskStates', checkpointing: 'TASK_RUNNING' },
        { op: 'advance', seconds: 1 },
        { op: 'expectTaskStates', partitionAware: 'TASK_UNREACHABLE', notPartitionAware: 'TASK_LOST' },
        { op: 'expectMetrics', metrics: { 'allocator/mesos/resources/cpus/total': 0 } },
        { op: 'agentReregisters', agent: 'a1' },
        { op: 'expectOfferSum', agent: 'a1', resources: { cpus: 4, mem: 1024 } },
      ],
    },
  ],
  [
    'unused resources of an accepted offer are recovered with the filter of the ACCEPT call (default 5 s)',
    {
      steps: [
        { op: 'registerAgent', agent: 'a1', total: { cpus: 2, mem: 1024 } },
        { op: 'subscribe', framework: 'f1' },
        { op: 'expectOffer', framework: 'f1', agent: 'a1', resources: { cpus: 2, mem: 1024 } },
        { op: 'accept', framework: 'f1', agent: 'a1', tasks: [{ id: 't1', resources: CPU }] },
        { op: 'expectMetrics', metrics: { 'allocator/mesos/resources/cpus/offered_or_allocated': 1 } },
        { op: 'advance', seconds: 4 },
        { op: 'expectNoOffers' },
        { op: 'advance', seconds: 1 },
        { op: 'expectOffer', framework: 'f1', agent: 'a1', resources: { cpus: 1, mem: 896 } },
        {
          op: 'accept',
          framework: 'f1',
          agent: 'a1',
          tasks: [{ id: 't2', resources: { cpus: 0.5 } }],
          refuseSeconds: 2,
        },
        { op: 'advance', seconds: 1 },
        { op: 'expectNoOffers' },
        { op: 'advance', seconds: 1 },
        { op: 'expectOffer', framework: 'f1', agent: 'a1', resources: { cpus: 0.5, mem: 896 } },
      ],
      leftOut: ['RESERVE and CREATE in an ACCEPT', 'frameworks here only launch; section 9, ACCEPT'],
    },
  ],
];

/** Gives what an expectation in prose says; throws CaseError where it is none that is known. */
export function scriptOf(text: string): Script {
  const found = scripts.find(([begins]) => text.startsWith(begins));
  if (found === undefined) throw new CaseError(`there is no script for the expectation \`${text}\``);
  return found[1];
}

/**
 * What cases take for granted that begin with an agent of which they have said nothing: it is registered and has one
 * task each of a framework that is partition aware, of one that is not, and of one without checkpoints; and an offer
 * without an answer.
 */
export function preludeOf(agent: string, isLost: boolean): Step[] {
  const frameworks = [
    { framework: 'aware', capabilities: ['PARTITION_AWARE'], checkpoint: true },
    { framework: 'unaware', checkpoint: true },
    { framework: 'forgetful' },
  ];
  return [
    { op: 'registerAgent', agent, total: { cpus: 4, mem: 1024 } },
    ...frameworks.flatMap((one) => [
      { op: 'subscribe', ...one },
      { op: 'accept', framework: one.framework, agent, tasks: [{ id: `task of ${one.framework}`, resources: CPU }] },
    ]),
    { op: 'subscribe', framework: 'waiting' },
    { op: 'expectOffer', framework: 'waiting', agent, resources: { cpus: 1, mem: 640 } },
    ...(isLost
      ? [
          { op: 'agentStopsAnswering', agent },
          { op: 'advance', seconds: 74 },
          { op: 'expectTaskStates', partitionAware: 'TASK_RUNNING', notPartitionAware: 'TASK_RUNNING' },
          { op: 'advance', seconds: 1 },
          { op: 'expectTaskStates', partitionAware: 'TASK_UNREACHABLE', notPartitionAware: 'TASK_LOST' },
          { op: 'expectRescinded', framework: 'waiting', value: 1 },
        ]
      : []),
  ];
}
