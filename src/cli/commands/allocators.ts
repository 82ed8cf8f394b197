import type { CommandModule } from 'yargs';
import type { OptionSpec } from '../../base/options.ts';
import { print, styleFor } from '../output.ts';

/** `allot allocators`: what there is, where it comes from, and its options. */
export const allocators: CommandModule<object, { json?: boolean | undefined }> = {
  command: 'allocators',
  describe: 'List allocators with their options and sources',
  builder: (yargs) => yargs.options({ json: { type: 'boolean', describe: 'Print as JSON' } }),
  handler: async ({ json }) => {
    const { allocators: registry, placements } = await import('../actions.ts');
    const list = registry.map(({ name, summary, source, options }) => ({ name, summary, source, options }));
    const places = placements.map(({ name, summary, source }) => ({ name, summary, source }));
    if (json) {
      const document = { schema: 'allot.allocators/1', allocators: list, placements: places };
      await print(`${JSON.stringify(document, null, 2)}\n`);
      return;
    }
    const style = styleFor(process.stdout);
    const lines: string[] = [];
    for (const { name, summary, source, options } of list) {
      lines.push(`${style.strong(name)}  ${summary}`, style.quiet(`  source: ${source}`));
      for (const [key, spec] of Object.entries(options)) lines.push(`  ${style.accent(key)}: ${describe(spec)}`);
      lines.push('');
    }
    lines.push(style.strong('placements'), ...places.map(({ name, summary }) => `  ${style.accent(name)}: ${summary}`));
    await print(`${lines.join('\n')}\n`);
  },
};

function describe(spec: OptionSpec): string {
  return `${values(spec)} (${spec.default ?? 'required'}): ${spec.summary}`;
}

function values(spec: OptionSpec): string {
  if (spec.kind === 'choice') return spec.of.join(' | ');
  if (spec.kind === 'flag') return 'true | false';
  if (spec.kind === 'text') return 'text';
  if (spec.kind === 'texts') return 'a list of texts';
  return spec.kind === 'number' ? 'a number' : `a duration${spec.optional ? ' | none' : ''}`;
}
