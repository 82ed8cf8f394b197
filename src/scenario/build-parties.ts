import { commandOption, onErrorOption, timeLimitOption } from '../allocators/external/command-options.ts';
import { courtesyOptions } from '../allocators/mesos/schedulers/courtesy-options.ts';
import { findScheduler, schedulers } from '../allocators/mesos/schedulers/registry.ts';
import type { FrameworkCapability } from '../allocators/mesos/subscription.ts';
import {
  defaultSettings,
  type FrameworkSettings,
  type Parties,
  type RoleQuota,
  type SchedulerChoice,
} from '../allocators/parties.ts';
import type { ResourceCatalog } from '../base/amounts.ts';
import { type Problem, ScenarioError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { OptionReader, resolveOptions } from '../base/options.ts';
import { quantities } from './build-events.ts';
import { submittersOfModel } from './build-generator.ts';
import type { Scenario } from './schema.ts';
import { readDuration } from './values.ts';

/** Microseconds. */
const MILLISECOND = 1_000;

type FrameworkEntry = NonNullable<Scenario['frameworks']>[string];

/**
 * Gathers what a scenario says of frameworks and roles for an allocator of two levels.
 *
 * @throws ScenarioError for a scheduler or an option that there is not.
 */
export function buildParties(scenario: Scenario, resources: ResourceCatalog): Parties {
  const entries = Object.entries(scenario.frameworks ?? {});
  const problems: Problem[] = [];
  const submitters = submittersOf(scenario);
  const settings = new Map(
    entries.map(([name, entry]) => [name, settingsOf(name, entry, submitters?.has(name) ?? true, problems)]),
  );
  if (problems.length > 0) throw new ScenarioError(problems);
  const quotas = new Map<string, RoleQuota>();
  for (const [role, { quota }] of Object.entries(scenario.roles ?? {})) {
    if (quota === undefined) continue;
    const guarantee = quantities(quota.guarantee, resources, 'demand');
    quotas.set(role, { guarantee, limit: quantities(quota.limit, resources, 'capacity') });
  }
  return {
    framework: (name) => settings.get(name) ?? defaultSettings,
    listed: entries.map(([name]) => name),
    quotas,
  };
}

/** Frameworks that are known to submit jobs; null where a trace decides. */
function submittersOf(scenario: Scenario): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const item of scenario.workload) {
    if ('framework' in item) names.add(item.framework);
    else if ('trace' in item) return null;
    else for (const { name } of submittersOfModel(item.generate)) names.add(name);
  }
  return names;
}

function settingsOf(name: string, entry: FrameworkEntry, submits: boolean, problems: Problem[]): FrameworkSettings {
  const registers = entry.registers === undefined ? null : readDuration(entry.registers)!;
  return {
    scheduler: schedulerOf(name, entry.scheduler, problems),
    registers: registers ?? (submits ? null : 0),
    failoverTimeout: readDuration(entry['failover-timeout'])!,
    checkpoint: entry.checkpoint,
    capabilities:
      entry.capabilities?.map((one) => one.toUpperCase().replaceAll('-', '_') as FrameworkCapability) ?? null,
  };
}

function schedulerOf(framework: string, given: FrameworkEntry['scheduler'], problems: Problem[]): SchedulerChoice {
  if (given === undefined) return defaultSettings.scheduler;
  const path = `frameworks.${framework}.scheduler`;
  if (typeof given !== 'string' && given.name === undefined && 'command' in given)
    return commandOf(path, given, problems);
  const { name = '', ...options } = typeof given === 'string' ? { name: given } : given;
  const definition = findScheduler(name);
  if (definition === undefined) {
    const names = schedulers.map((each) => each.name);
    const suggestion = didYouMean(name, names);
    const message =
      name === ''
        ? 'must have a `name` or a `command`'
        : `there is no scheduler \`${name}\`; there are ${names.join(', ')}`;
    problems.push({
      path: typeof given === 'string' || name === '' ? path : `${path}.name`,
      message,
      ...(suggestion && { suggestion }),
    });
    return defaultSettings.scheduler;
  }
  const resolved = resolveOptions({ ...courtesyOptions, ...definition.options }, options);
  for (const { key, ...rest } of resolved.problems) problems.push({ path: `${path}.${key}`, ...rest });
  return { name, options: resolved.values };
}

/** A program that schedules for a framework. */
function commandOf(path: string, given: Readonly<Record<string, unknown>>, problems: Problem[]): SchedulerChoice {
  const specs = { command: commandOption, 'time-limit': timeLimitOption, 'on-error': onErrorOption };
  const resolved = resolveOptions(specs, given);
  for (const { key, ...rest } of resolved.problems) problems.push({ path: `${path}.${key}`, ...rest });
  const reader = new OptionReader(resolved.values);
  return {
    command: reader.texts('command'),
    limitMs: reader.duration('time-limit')! / MILLISECOND,
    onError: reader.text('on-error') as 'fail' | 'deactivate',
  };
}
