import { type OptionValue, resolveOptions } from '../base/options.ts';
import type { Time } from '../base/time.ts';
import { courtesyOptions } from './mesos/schedulers/courtesy-options.ts';
import type { FrameworkCapability } from './mesos/subscription.ts';

/** How a framework decides what to do with offers: by a scheduler of ours, or by a program that speaks our protocol. */
export type SchedulerChoice =
  | { readonly name: string; readonly options: Readonly<Record<string, OptionValue>> }
  | {
      readonly command: readonly string[];
      /** How long it may take to answer, milliseconds of real time. */
      readonly limitMs: number;
      /** What happens when it breaks its contract. */
      readonly onError: 'fail' | 'deactivate';
    };

/** What a framework tells a two-level master of itself. */
export interface FrameworkSettings {
  readonly scheduler: SchedulerChoice;
  /** When it registers; null: with its first job. */
  readonly registers: Time | null;
  /** For how long its tasks go on without it. */
  readonly failoverTimeout: Time;
  /** True if its tasks outlive a restart of the agent that runs them. */
  readonly checkpoint: boolean;
  /** As the master knows them; null: GPU_RESOURCES from its first job that demands gpus on, and no other. */
  readonly capabilities: readonly FrameworkCapability[] | null;
}

/** A guarantee and a limit of a role, whole steps by resource; what is not named has none. */
export interface RoleQuota {
  readonly guarantee: ReadonlyMap<number, number>;
  readonly limit: ReadonlyMap<number, number>;
}

/** What a two-level policy knows of frameworks and roles beside their jobs. */
export interface Parties {
  framework(name: string): FrameworkSettings;
  /** Those that the scenario lists, in its order. */
  readonly listed: readonly string[];
  readonly quotas: ReadonlyMap<string, RoleQuota>;
}

/** Frameworks of which nothing is said launch all that fits. */
export const defaultSettings: FrameworkSettings = {
  scheduler: { name: 'greedy', options: resolveOptions(courtesyOptions, {}).values },
  registers: null,
  failoverTimeout: 0,
  checkpoint: false,
  capabilities: null,
};

/** Where nothing is said of anyone. */
export const noParties: Parties = { framework: () => defaultSettings, listed: [], quotas: new Map() };
