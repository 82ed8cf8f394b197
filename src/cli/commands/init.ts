import { existsSync, writeFileSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { ScenarioError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { print, tell } from '../output.ts';
import { templates } from '../templates.ts';

interface Arguments {
  template: string;
  out?: string | undefined;
}

/** `allot init [template]`: prints a commented scenario to begin with. */
export const init: CommandModule<object, Arguments> = {
  command: 'init [template]',
  describe: `Print a commented scenario to begin with (${templates.map(({ name }) => name).join(', ')})`,
  builder: (yargs) =>
    yargs
      .positional('template', { type: 'string', default: 'shares', describe: 'Which one' })
      .options({ out: { alias: 'o', type: 'string', describe: 'Write it to this file, which must not exist' } })
      .example('$0 init poisson -o queue.yaml', 'then: allot run queue.yaml'),
  handler: async ({ template: wanted, out }) => {
    const template = templates.find(({ name }) => name === wanted);
    if (template === undefined) {
      const names = templates.map(({ name }) => name);
      const suggestion = didYouMean(wanted, names);
      const message = `there is no template \`${wanted}\`; there are ${names.join(', ')}`;
      throw new ScenarioError([{ path: '', message, ...(suggestion && { suggestion }) }]);
    }
    if (out === undefined) {
      await print(template.text);
      return;
    }
    if (existsSync(out)) throw new ScenarioError('this file exists already', { file: out });
    writeFileSync(out, template.text);
    tell(`wrote ${out}; try: allot run ${out}`);
  },
};
