import { escapeXml } from '../escape-xml.ts';
import { formatNumber } from '../quantity.ts';
import type { RunData } from '../run-data.ts';
import { htmlCode, htmlDetails, htmlSection, htmlTable, htmlText } from './elements.ts';

/** Gives the section that says by which rules this was run, and what became of the records. */
export function conventions(runs: readonly RunData[]): string {
  const body = runs.map((run) => {
    const { result, manifest } = run;
    const rules = [
      ...Object.entries(manifest.conventions),
      ...manifest.workload.flatMap(({ source, rules: own }) =>
        Object.entries(own).map(
          ([key, value]) => [`${source}: ${key}`, typeof value === 'string' ? value : JSON.stringify(value)] as const,
        ),
      ),
    ];
    const records = result.workload.map(({ source, format, read, replayed, rejected, skipped }) => [
      source,
      format,
      formatNumber(read),
      formatNumber(replayed),
      formatNumber(rejected),
      Object.entries(skipped)
        .map(([reason, count]) => `${formatNumber(count)} ${reason}`)
        .join('; ') || '0',
    ]);
    const notes = result.workload.flatMap(({ source, notes: own }) =>
      Object.entries(own).map(([note, count]) => [source, note, formatNumber(count)]),
    );
    const refused = result.rejected.map(({ job, reason }) => [String(job), reason]);
    return [
      ...(runs.length > 1 ? [`<h3>${escapeXml(run.label)}</h3>`] : []),
      htmlTable({
        caption: 'Conventions in force',
        head: ['rule', 'as'],
        rows: rules.map(([key, value]) => [key, value]),
        words: 2,
      }),
      htmlTable({
        caption: 'Records: read = replayed + rejected + skipped',
        head: ['source', 'format', 'read', 'replayed', 'rejected', 'skipped'],
        rows: records,
        words: 2,
      }),
      ...(notes.length > 0
        ? [
            htmlTable({
              caption: 'Records with something filled in, cut or rounded',
              head: ['source', 'what', 'count'],
              rows: notes,
              words: 2,
            }),
          ]
        : []),
      ...(refused.length > 0
        ? [
            htmlDetails(
              `Rejected jobs (the first ${refused.length})`,
              htmlTable({ caption: 'Rejected jobs', head: ['job', 'reason'], rows: refused, words: 2 }),
            ),
          ]
        : []),
    ].join('');
  });
  return htmlSection('conventions', 'Conventions and records', body.join(''));
}

/** Gives the section that says how to get this again. */
export function reproduction(runs: readonly RunData[]): string {
  const body = runs.map(({ label, folder, manifest, result }) =>
    [
      ...(runs.length > 1 ? [`<h3>${escapeXml(label)}</h3>`] : []),
      htmlCode(manifest.command),
      htmlText(
        `Digest ${result.digest}, schedule ${result.schedule_digest}, allot ${manifest.versions.allot}.`,
        'quiet digest',
      ),
      htmlText(
        `Everything, each job and task, is in ${folder}: result.json, manifest.json, jobs.csv, tasks.csv, timeline.csv. \`allot verify ${folder}\` runs it again and compares.`,
        'quiet',
      ),
    ].join(''),
  );
  return htmlSection('reproduce', 'How to get this again', body.join(''));
}
