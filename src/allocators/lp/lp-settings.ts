import type { OptionReader, OptionSpecs } from '../../base/options.ts';
import type { Time } from '../../base/time.ts';

/** What a plan is to be best in. */
export type PlanObjective = 'unmet-demand' | 'throughput' | 'max-min' | 'cost';

/** Where what a role should have, or may have, comes from. */
export type RoleBound = 'none' | 'equal' | 'quota';

/** The options of `lp-weighted`, read. */
export interface LpSettings {
  readonly objective: PlanObjective;
  /** Weight per second of wait. */
  readonly aging: number;
  readonly stickiness: number;
  readonly floor: RoleBound;
  readonly ceiling: RoleBound;
  readonly tiers: boolean;
  /** Null for a pass whenever something has changed. */
  readonly interval: Time | null;
  readonly debounce: Time;
  readonly rounding: 'repair' | 'floor' | 'mip';
  readonly mipNodes: number;
  readonly taskClasses: number;
  readonly nodeClasses: number;
}

const bounds = ['none', 'equal', 'quota'] as const;

export const lpOptions: OptionSpecs = {
  objective: {
    kind: 'choice',
    of: ['unmet-demand', 'throughput', 'max-min', 'cost'],
    default: 'unmet-demand',
    summary:
      'what is best: least weight unmet, most weight met, dominant shares as equal as they can be, or as much weight met at the least price',
  },
  aging: {
    kind: 'number',
    min: 0,
    default: 0,
    summary: 'weight that a class of tasks gains per second of wait of its oldest task',
  },
  stickiness: {
    kind: 'number',
    min: 0,
    default: 0,
    summary: 'weight that a task gains on nodes like one on which a task of its class runs',
  },
  floor: {
    kind: 'choice',
    of: bounds,
    default: 'none',
    summary: 'what each role has at least if it can: nothing, its part of the weights, or its quota guarantee',
  },
  ceiling: {
    kind: 'choice',
    of: bounds,
    default: 'none',
    summary: 'what each role has at most: no limit, its part of the weights, or its quota limit',
  },
  tiers: {
    kind: 'flag',
    default: false,
    summary: 'whether tasks of higher priority come first, whatever the weights',
  },
  interval: {
    kind: 'duration',
    optional: true,
    default: 'none',
    summary: 'time between passes, which lie on a fixed grid; none: a pass whenever something has changed',
  },
  debounce: {
    kind: 'duration',
    zero: true,
    default: '0s',
    summary: 'how long a change waits for others before a pass; without an interval',
  },
  rounding: {
    kind: 'choice',
    of: ['repair', 'floor', 'mip'],
    default: 'repair',
    summary: 'how fractions become whole tasks: rounded down and mended, rounded down, or planned as whole tasks',
  },
  'mip-nodes': {
    kind: 'number',
    whole: true,
    min: 1,
    default: 1000,
    summary: 'nodes of the search tree that planning whole tasks may visit, for each objective of a pass',
  },
  'task-classes': {
    kind: 'number',
    whole: true,
    min: 1,
    default: 100,
    summary: 'most classes of tasks that are planned, those of most weight for their share; others take what is left',
  },
  'node-classes': {
    kind: 'number',
    whole: true,
    min: 1,
    default: 50,
    summary: 'most classes of nodes that are told apart by what they have free; beyond, by kind of node alone',
  },
};

export function readLpSettings(options: OptionReader): LpSettings {
  return {
    objective: options.text('objective') as PlanObjective,
    aging: options.number('aging'),
    stickiness: options.number('stickiness'),
    floor: options.text('floor') as RoleBound,
    ceiling: options.text('ceiling') as RoleBound,
    tiers: options.flag('tiers'),
    interval: options.duration('interval'),
    debounce: options.duration('debounce')!,
    rounding: options.text('rounding') as LpSettings['rounding'],
    mipNodes: options.number('mip-nodes'),
    taskClasses: options.number('task-classes'),
    nodeClasses: options.number('node-classes'),
  };
}
