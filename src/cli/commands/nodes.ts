import type { CommandModule } from 'yargs';
import { ScenarioError } from '../../base/errors.ts';
import type { NodeFile } from '../../scenario/schema.ts';
import { print } from '../output.ts';

interface Arguments {
  list: string;
  format?: string | undefined;
  all?: boolean | undefined;
}

/** `allot nodes <list>`: a list of nodes in any format, as this project's own CSV. */
export const nodes: CommandModule<object, Arguments> = {
  command: 'nodes <list>',
  describe: 'Turn a list of nodes of any format into CSV',
  builder: (yargs) =>
    yargs
      .positional('list', { type: 'string', demandOption: true, describe: 'A list of nodes (gzip or plain)' })
      .options({
        format: { type: 'string', describe: 'Format of the list; found by its look when left out' },
        all: { type: 'boolean', describe: 'Of a list that tells of changes, all machines that ever come' },
      })
      .example('$0 nodes openb_node_list_gpu_node.csv > nodes.csv', 'names, capacities, attributes and prices'),
  handler: async ({ list, format, all }) => {
    const { nodeFileSchema, nodeListNames, nodesAsCsv } = await import('../actions.ts');
    if (format !== undefined && !nodeListNames.includes(format)) {
      throw new ScenarioError(`--format ${format}: known formats of lists of nodes are ${nodeListNames.join(', ')}`);
    }
    const item: NodeFile = nodeFileSchema.parse({
      file: list,
      ...(format && { format }),
      ...(all && { machines: 'all' }),
    });
    await print(nodesAsCsv(item));
  },
};
