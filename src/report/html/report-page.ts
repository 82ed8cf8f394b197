import { escapeXml } from '../escape-xml.ts';
import { type PackedArray, pack } from '../pack.ts';
import type { PageData } from '../page/page-data.ts';
import type { RunData } from '../run-data.ts';
import { conventions, reproduction } from './conventions.ts';
import { distributions } from './distributions.ts';
import { frameworks } from './frameworks.ts';
import { ganttSection } from './gantt-section.ts';
import { metricsTable } from './metrics-table.ts';
import { overview, thresholds } from './overview.ts';
import { STYLE } from './style.ts';
import { timeSections } from './time-charts.ts';

/** What a page is made with. */
export interface PageTools {
  /** The program of the page, and the style sheet that its charts need. */
  readonly script: string;
  readonly chartStyle: string;
  /** Deflates bytes (with the header of zlib) and writes them in base64. */
  deflate(bytes: Uint8Array): string;
  /** SHA-256 of a text in UTF-8, in base64. */
  hash(text: string): string;
  unitOf(metric: string): string;
}

/** What a page shows beside runs: sections made elsewhere, such as comparisons. */
export interface PageParts {
  readonly runs: readonly RunData[];
  /** HTML of sections that stand first. */
  readonly leading: readonly string[];
  /** Where nothing is run: what the page is called. */
  readonly title: string;
}

/** Gives a page that needs nothing else, and that no browser lets load anything. */
export function reportPage({ runs, leading, title }: PageParts, tools: PageTools): string {
  const times = runs.length > 0 ? timeSections(runs) : [];
  const gantt = runs.length > 0 ? ganttSection(runs) : { html: '', gantts: [], arrays: [] };
  const packs = runs.map((_, i) => {
    const arrays: Record<string, PackedArray> = Object.assign(
      {},
      ...times.map((own) => own.arrays[i]!),
      gantt.arrays[i]!,
    );
    return pack(arrays);
  });
  const data: PageData = {
    packs: packs.map(({ entries }) => entries),
    charts: times.flatMap(({ charts }) => charts),
    gantts: gantt.gantts,
  };
  const sections = [
    ...leading,
    ...(runs.length === 0
      ? []
      : [
          overview(runs),
          thresholds(runs),
          metricsTable(runs, tools.unitOf),
          ...times.map(({ html }) => html),
          distributions(runs),
          gantt.html,
          frameworks(runs),
          conventions(runs),
          reproduction(runs),
        ]),
  ].filter((html) => html !== '');
  const style = tools.chartStyle + STYLE;
  const policy = `default-src 'none'; script-src 'sha256-${tools.hash(tools.script)}'; style-src 'sha256-${tools.hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeXml(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(title)}: report</title>`,
    '<link rel="icon" href="data:,">',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#main">To the content</a>',
    `<header><h1>${escapeXml(title)}</h1><span class="spread"></span><button type="button" id="theme">Dark</button></header>`,
    `<header><nav aria-label="Contents"><ul>${contents(sections)}</ul></nav></header>`,
    '<main id="main">',
    '<noscript><p class="warning">Charts over time need JavaScript; the tables do not.</p></noscript>',
    ...sections,
    '</main>',
    ...packs.map(({ bytes }, i) => `<script type="text/plain" id="pack-${i}">${tools.deflate(bytes)}</script>`),
    `<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`,
    `<script>${tools.script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Links to sections, as their headings name them. */
function contents(sections: readonly string[]): string {
  return sections
    .flatMap((html) => [...html.matchAll(/<h2 id="([^"]+)">(.*?)<\/h2>/g)])
    .map(([, id, title]) => `<li><a href="#${id}">${title}</a></li>`)
    .join('');
}
