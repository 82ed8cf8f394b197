import type { CommandModule } from 'yargs';
import { print, styleFor } from '../output.ts';

/** `allot metrics`: every metric with unit, formula and source. */
export const metrics: CommandModule<object, { json?: boolean | undefined }> = {
  command: 'metrics',
  describe: 'List metrics with their formulas and sources',
  builder: (yargs) => yargs.options({ json: { type: 'boolean', describe: 'Print as JSON' } }),
  handler: async ({ json }) => {
    const { betterOf, metricDefinitions, metricTitle } = await import('../actions.ts');
    const list = metricDefinitions.map(({ name, parts, scopes, unit, better, summary, formula, source, edges }) => ({
      name,
      parts,
      scopes,
      unit,
      better,
      summary,
      formula,
      source,
      edges,
    }));
    if (json) {
      await print(`${JSON.stringify({ schema: 'allot.metrics/1', metrics: list }, null, 2)}\n`);
      return;
    }
    const style = styleFor(process.stdout);
    const blocks = metricDefinitions.map((definition) => {
      const { unit, summary, formula, source } = definition;
      return [
        `${style.strong(metricTitle(definition))} ${style.quiet(`(${[unit, betterOf(definition)].filter(Boolean).join('; better ')})`)}  ${summary}`,
        `  ${formula}`,
        style.quiet(`  source: ${source}`),
      ].join('\n');
    });
    await print(`${blocks.join('\n\n')}\n`);
  },
};
