import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison } from '../experiment/comparison.ts';
import { comparisonSection } from '../experiment/comparison-section.ts';
import type { SweepResult } from '../experiment/sweep-result.ts';
import { sweepSection } from '../experiment/sweep-section.ts';
import { reportPage } from '../report/html/report-page.ts';
import { tell } from './output.ts';
import { readDocument } from './read-document.ts';
import { readRunFolders } from './read-run-folder.ts';
import { reportTools } from './report-tools.ts';
import { writeText } from './write-text.ts';

/** What `report` is told. */
export interface ReportArguments {
  readonly dir: string[];
  readonly out?: string | undefined;
}

/** A folder of several runs: what it is about, and its section of the page. */
interface Experiment {
  readonly scenario: string;
  readonly html: string;
}

/**
 * Writes one page about runs, comparisons and sweeps, each in a folder of its own.
 *
 * A folder with `comparison.json` is one of `compare --out`, one with `sweep.json` of `sweep`; all others must be ones of
 * `run --out`.
 */
export async function reportAndWrite({ dir, out }: ReportArguments): Promise<void> {
  const experiments = dir.map(readExperiment);
  const runs = await readRunFolders(dir.filter((_, i) => experiments[i] === undefined));
  const others = experiments.filter((experiment) => experiment !== undefined);
  const names = [...runs.map(({ result }) => result.scenario), ...others.map(({ scenario }) => scenario)];
  const page = reportPage(
    { runs, leading: others.map(({ html }) => html), title: [...new Set(names)].join(', ') },
    reportTools(),
  );
  const file = out ?? join(dir[0]!, 'report.html');
  writeText(file, page);
  tell(`wrote ${file} (${Math.ceil(Buffer.byteLength(page) / 1024)} KiB)`);
}

function readExperiment(folder: string, position: number): Experiment | undefined {
  const comparison = join(folder, 'comparison.json');
  if (existsSync(comparison)) {
    const read = readDocument<Comparison>(comparison, 'allot.comparison/1', [
      ...(['seeds', 'allocators', 'metrics', 'statements', 'warnings', 'thresholds'] as const),
    ]);
    return { scenario: read.scenario, html: comparisonSection(read, folder, position) };
  }
  const sweep = join(folder, 'sweep.json');
  if (!existsSync(sweep)) return undefined;
  const read = readDocument<SweepResult>(sweep, 'allot.sweep/1', [
    'allocators',
    'seeds',
    'axes',
    'cells',
    'failures',
    'runs',
  ]);
  return { scenario: read.scenario, html: sweepSection(read, folder, position) };
}
