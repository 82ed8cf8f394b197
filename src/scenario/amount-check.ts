import { type Amount, isDeviceDemand, parseQuantity, type Resource, toSteps } from '../base/amounts.ts';
import { parseDistribution } from '../base/distributions.ts';
import { distributionFaults, isDistributionName } from './distribution-faults.ts';
import type { Path } from './marked.ts';
import type { Report } from './problem-list.ts';
import { isMap, show } from './raw.ts';

const TOO_LARGE = 'above 2^53 steps amounts are no longer exact';

/** Gives a bare amount in whole steps, or null after reporting why it is none; silent where its type is wrong. */
export function checkAmount(
  value: unknown,
  of: Resource,
  rounding: 'demand' | 'capacity',
  path: Path,
  report: Report,
): Amount | null {
  if (typeof value !== 'string' && !(typeof value === 'number' && value >= 0)) return null;
  const quantity = readQuantity(value, of);
  if (quantity === null) {
    report(path, `must be ${expected(of)}, not ${show(value)}`, milliHint(value, of));
    return null;
  }
  const { amount } = toSteps(quantity, of, rounding);
  if (Number.isSafeInteger(amount)) return amount;
  report(path, `is too large: ${TOO_LARGE}`);
  return null;
}

/** Checks a demand of one resource: an amount or a distribution of amounts. */
export function checkDemand(value: unknown, of: Resource, path: Path, report: Report): void {
  if (isMap(value) || (typeof value === 'string' && isDistributionName(value))) {
    const outcome = parseDistribution(value, (text) => readQuantity(text, of), expected(of));
    for (const fault of distributionFaults(value, outcome)) {
      report([...path, ...fault.path], fault.message, fault.suggestion, fault.part);
    }
    return;
  }
  const amount = checkAmount(value, of, 'demand', path, report);
  if (amount === null || !of.devices || isDeviceDemand(amount, of)) return;
  const message = `must be a share of one device or whole devices, not ${show(value)}`;
  report(path, message, `write ${Math.ceil(amount / of.scale)}, or at most 1`);
}

/** A lone lower-case m is one thousandth to Kubernetes and a million here, so it is neither for what has no bytes. */
function readQuantity(value: string | number, of: Resource): number | null {
  return milliHint(value, of) === undefined ? parseQuantity(value, of) : null;
}

function milliHint(value: string | number, of: Resource): string | undefined {
  const match = of.unit === '' && typeof value === 'string' ? /^\s*([\d.]+)\s*m\s*$/.exec(value) : null;
  return match === null ? undefined : `write ${Number(match[1]) / 1000} for thousandths`;
}

function expected(of: Resource): string {
  return of.unit === ''
    ? `an amount of ${of.name}, such as 2 or 0.5`
    : `an amount of ${of.name} in MiB, such as 512, or 4GB`;
}
