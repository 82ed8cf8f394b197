import { htmlCode, htmlDetails, htmlSection, htmlTable, htmlText } from '../report/html/elements.ts';
import { formatNumber } from '../report/quantity.ts';
import type { ComparedMetric, Comparison } from './comparison.ts';
import { formatWithError, scaleFor } from './quantity-with-error.ts';

/** Statements that are shown at once; the others are behind them. */
const STATEMENTS = 6;

/** Sets a comparison out as a section of a page; `position` tells it from others on the page. */
export function comparisonSection(comparison: Comparison, folder: string, position: number): string {
  const { allocators, metrics, statements, warnings, thresholds, reproduce, digest } = comparison;
  const labels = allocators.map(({ label }) => label);
  const shown = metrics.filter(({ values }) => values.some(({ mean }) => mean !== null));
  const body = [
    htmlText(methodOf(comparison)),
    ...warnings.map((warning) => htmlText(warning, 'warning')),
    htmlTable({
      caption: 'Mean ± half width of the interval; ◀ best, ≈ best and not to be told apart',
      head: ['metric', 'unit', ...labels],
      rows: shown.map((metric) => cellsOf(metric)),
      words: 2,
    }),
    list(statements.slice(0, STATEMENTS)),
    ...(statements.length > STATEMENTS
      ? [htmlDetails(`${statements.length - STATEMENTS} more findings`, list(statements.slice(STATEMENTS)))]
      : []),
    htmlDetails('Table: paired differences', pairsTable(shown)),
    ...(thresholds.length > 0 ? [thresholdTable(comparison)] : []),
    htmlCode(reproduce),
    htmlText(`Digest ${digest}. All runs are in ${folder}/runs.jsonl.`, 'quiet digest'),
  ];
  return htmlSection(`comparison-${position}`, `Comparison: ${labels.join(', ')}`, body.join(''));
}

function methodOf({ sampling, samples, seeds, confidence }: Comparison): string {
  const level = `${formatNumber(confidence * 100)} %`;
  if (sampling === 'seeds')
    return `Common random numbers over ${seeds.length} seeds; intervals are ${level} t intervals, and differences are tested in pairs.`;
  if (sampling === 'weeks')
    return `One sample, as nothing here is random: intervals are of a block bootstrap over the ${samples} weeks of the run (${level}).`;
  return 'One run of each allocator: there are no intervals, and differences may be chance.';
}

function cellsOf({ metric, unit, values, best }: ComparedMetric): string[] {
  const scale = scaleFor(
    values.map(({ mean }) => mean),
    unit,
  );
  const mark = best.length > 1 ? '≈' : '◀';
  const cells = values.map(({ allocator, mean, half_width }) => {
    const text = formatWithError(mean, half_width, scale);
    return best.includes(allocator) ? `${text} ${mark}` : text;
  });
  return [metric, scale.name, ...cells];
}

function pairsTable(metrics: readonly ComparedMetric[]): string {
  const rows = metrics.flatMap(({ metric, unit, pairs }) =>
    pairs.map(({ a, b, difference, p_holm, verdict }) => {
      const scale = scaleFor([difference?.mean ?? null], unit);
      const text = formatWithError(difference?.mean ?? null, difference?.half_width ?? null, scale);
      return [
        metric,
        `${a} - ${b}`,
        verdict,
        `${text} ${scale.name}`.trimEnd(),
        p_holm === null ? '-' : formatNumber(p_holm),
      ];
    }),
  );
  const head = ['metric', 'pair', 'verdict', 'difference', 'p (Holm)'];
  return htmlTable({ caption: 'Differences, paired by seed or week', head, rows, words: 3 });
}

function thresholdTable({ thresholds }: Comparison): string {
  return htmlTable({
    caption: 'Thresholds, held against the means',
    head: ['metric', 'allocator', 'outcome', 'expected', 'value'],
    rows: thresholds.map(({ metric, allocator, pass, expected, value }) => [
      metric,
      allocator,
      pass ? '✓ holds' : '✗ fails',
      expected,
      value === null ? 'not defined' : formatNumber(value),
    ]),
    words: 3,
  });
}

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => htmlText(`${sentence}.`)).join('');
}
