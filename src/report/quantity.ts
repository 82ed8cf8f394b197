import { formatDuration, fromSeconds } from '../base/time.ts';

/** Gives a number with four significant digits and thousands set apart: 28,481, 0.6873, 92.58. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return grouped(value);
  const magnitude = Math.abs(value);
  if (magnitude >= 1_000) return grouped(Math.round(value));
  if (magnitude < 1e-4) return value.toExponential(2);
  return Number(value.toPrecision(4)).toString();
}

/** Sets thousands apart; by hand, as the first call of `toLocaleString` alone takes 10 ms. */
function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Gives a metric's value with its unit; a dash where there is none. */
export function formatMetric(value: number | null, unit: string): string {
  if (value === null) return '-';
  if (unit === 's') return formatDuration(fromSeconds(value));
  if (unit === 'share') return `${(value * 100).toFixed(1)} %`;
  return formatNumber(value);
}
