import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { comparisonSection } from '../experiment/comparison-section.ts';
import { reportPage } from '../report/html/report-page.ts';
import { tell } from './output.ts';
import { writeText } from './plot-and-write.ts';
import { readComparison } from './read-comparison.ts';
import { readRunFolders } from './read-run-folder.ts';
import { reportTools } from './report-tools.ts';

/** What `report` is told. */
export interface ReportArguments {
  readonly dir: string[];
  readonly out?: string | undefined;
}

/**
 * Writes one page about runs and comparisons, each in a folder of its own.
 *
 * A folder with `comparison.json` is one of `compare --out`; all others must be ones of `run --out`.
 */
export async function reportAndWrite({ dir, out }: ReportArguments): Promise<void> {
  const isComparison = (folder: string): boolean => existsSync(join(folder, 'comparison.json'));
  const comparisons = dir.filter(isComparison).map((folder) => ({ folder, comparison: readComparison(folder) }));
  const runs = await readRunFolders(dir.filter((folder) => !isComparison(folder)));
  const names = [
    ...runs.map(({ result }) => result.scenario),
    ...comparisons.map(({ comparison }) => comparison.scenario),
  ];
  const page = reportPage(
    {
      runs,
      leading: comparisons.map(({ comparison, folder }, i) => comparisonSection(comparison, folder, i)),
      title: [...new Set(names)].join(', '),
    },
    reportTools(),
  );
  const file = out ?? join(dir[0]!, 'report.html');
  writeText(file, page);
  tell(`wrote ${file} (${Math.ceil(Buffer.byteLength(page) / 1024)} KiB)`);
}
