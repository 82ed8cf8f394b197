import type { CommandModule } from 'yargs';
import { print } from '../output.ts';

/** `allot schema`: the scenario format for editors, or as a table to read. */
export const schema: CommandModule<object, { markdown?: boolean | undefined }> = {
  command: 'schema',
  describe: 'Print the JSON Schema of scenario files',
  builder: (yargs) => yargs.options({ markdown: { type: 'boolean', describe: 'Print a table of every key instead' } }),
  handler: async ({ markdown }) => {
    const { scenarioJsonSchema, schemaTable } = await import('../actions.ts');
    await print(markdown ? `${schemaTable()}\n` : `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
  },
};
