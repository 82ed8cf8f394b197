import { quantileOf } from '../ecdf.ts';
import { escapeXml } from '../escape-xml.ts';
import { distributionOf, slowdownEcdf, waitEcdf } from '../figures/distribution.ts';
import { figureSvg, PAGE } from '../figures/svg.ts';
import { formatMetric, formatNumber } from '../quantity.ts';
import type { RunData } from '../run-data.ts';
import { htmlDetails, htmlSection, htmlTable } from './elements.ts';

const PARTS = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];

/** Gives the section with the distributions of waits and slowdowns. */
export function distributions(runs: readonly RunData[]): string {
  const pictures = [
    { figure: waitEcdf, column: 'wait_s', unit: 's' },
    { figure: slowdownEcdf, column: 'bounded_slowdown', unit: 'ratio' },
  ].map(({ figure, column, unit }) => {
    const rows = runs.map((run) => {
      const own = distributionOf(run, column);
      return [run.label, formatNumber(own.count), ...PARTS.map((part) => quantile(quantileOf(own, part), unit))];
    });
    const head = ['run', 'jobs', ...PARTS.map((part) => (part === 1 ? 'all' : `${formatNumber(100 * part)} %`))];
    const behind = htmlTable({ caption: `${figure.title}: this part of the jobs has at most`, head, rows });
    return `<figure class="panel"><h3>${escapeXml(figure.title)}</h3><div class="drawing">${figureSvg(figure, runs, PAGE)}</div><figcaption>${escapeXml(figure.caption)}</figcaption>${htmlDetails(`Table: ${figure.title}`, behind)}</figure>`;
  });
  return htmlSection('distributions', 'Waits and slowdowns', `<div class="panels">${pictures.join('')}</div>`);
}

function quantile(value: number, unit: string): string {
  // Microseconds are all that times have.
  return Number.isNaN(value) ? '-' : formatMetric(unit === 's' ? Math.round(value * 1e6) / 1e6 : value, unit);
}
