import { resolveAllocator } from '../../allocators/create.ts';
import { OptionReader } from '../../base/options.ts';
import { CaseError, type Fields } from '../fields.ts';
import { readAmounts } from '../mesos-resources.ts';

/** Flags of a case that are a duration in seconds, and the option that each is here. */
const DURATIONS: Readonly<Record<string, string>> = {
  offerTimeoutSec: 'offer-timeout',
  allocationIntervalSec: 'allocation-interval',
  agentPingTimeoutSec: 'agent-ping-timeout',
  agentReregisterTimeoutSec: 'agent-reregister-timeout',
  allocatorRecoveryTimeoutSec: 'allocator-recovery-timeout',
};

/** Makes the master's options of the flags of a case; nodes and frameworks register again with a new master at once. */
export function createOptions(flags: Fields | null): OptionReader {
  const options: Record<string, unknown> = { 'registration-backoff': '0s', patience: '100000h' };
  if (flags !== null) readFlags(flags, options);
  const outcome = resolveAllocator('mesos', options);
  if ('problems' in outcome) throw new CaseError(`flags: ${outcome.problems.map(({ message }) => message).join('; ')}`);
  return new OptionReader(outcome.resolved.options);
}

function readFlags(flags: Fields, options: Record<string, unknown>): void {
  for (const [flag, option] of Object.entries(DURATIONS)) {
    if (flags.has(flag)) options[option] = `${flags.positive(flag)}s`;
  }
  if (flags.has('maxAgentPingTimeouts')) options['max-agent-ping-timeouts'] = flags.positive('maxAgentPingTimeouts');
  if (flags.has('filterGpuResources')) options['filter-gpu-resources'] = flags.flag('filterGpuResources');
  if (flags.has('allocatorAgentRecoveryFactor'))
    options['allocator-agent-recovery-factor'] = flags.number('allocatorAgentRecoveryFactor');
  if (flags.has('roleSorter')) options['role-sorter'] = flags.text('roleSorter');
  if (flags.has('frameworkSorter')) options['framework-sorter'] = flags.text('frameworkSorter');
  if (flags.has('fairSharingExcludedResourceNames'))
    options['fair-sharing-excluded-resource-names'] = flags.texts('fairSharingExcludedResourceNames').join(',');
  if (flags.has('minAllocatableResources')) {
    const sets = flags.list('minAllocatableResources').map((set, i) => {
      const amounts = readAmounts(set, `flags.minAllocatableResources.${i}`);
      return Object.entries(amounts)
        .map(([name, amount]) => `${name}:${amount}`)
        .join(';');
    });
    options['min-allocatable-resources'] = sets.join('|');
  }
}
