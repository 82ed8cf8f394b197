import { formatNumber } from '../report/quantity.ts';
import type { Style } from '../report/style.ts';
import { table } from '../report/table.ts';
import type { Probe } from './probe.ts';

/** Gives a probe as a text one can read, a line a framework. */
export function probeText(probe: Probe, reproduce: string, style: Style): string {
  const { frameworks, scenario, seed, allocator, horizon_s, left_out } = probe;
  const rows = frameworks.map(({ framework, honest, best_claim: claim, lies }) => {
    const split = lies.find(({ kind }) => kind === 'split');
    return [
      framework,
      formatNumber(honest),
      claim === null ? 'none pays' : claim.lie,
      claim === null ? '' : sayGain(claim.useful, honest),
      split === undefined ? '' : sayGain(split.useful, honest),
    ];
  });
  const claiming = frameworks.filter(({ best_claim }) => best_claim !== null).length;
  const runs = 1 + frameworks.reduce((sum, { lies }) => sum + lies.length, 0);
  const lines = [
    `${style.strong(scenario)} under ${String(allocator['name'])}, seed ${seed}: ${runs} runs`,
    `useful tasks over ${formatNumber(horizon_s)} s: told the truth, with the best false claim, and as two frameworks`,
    '',
    table(
      ['framework', 'honest', 'best claim', 'tasks', 'as two'],
      rows,
      style,
      (column) => column % 2 === 0 && column < 4,
    ),
    '',
    claiming === 0 ? 'no claim tried gives anyone more' : `${claiming} of ${frameworks.length} would gain by a claim`,
    ...(left_out > 0
      ? [`${formatNumber(left_out)} frameworks with fewer tasks were left out; name them with --framework`]
      : []),
    `${style.quiet('reproduce')}  ${reproduce}`,
  ];
  return `${lines.join('\n')}\n`;
}

function sayGain(useful: number, honest: number): string {
  if (!(honest > 0)) return formatNumber(useful);
  const percent = 100 * (useful / honest - 1);
  return `${formatNumber(useful)} (${percent < 0 ? '' : '+'}${formatNumber(percent)} %)`;
}
