import { csvWriter } from '../report/csv.ts';
import { csvOfNodes } from '../scenario/lists/csv-of-nodes.ts';
import type { NodeFile } from '../scenario/schema.ts';
import { listNodes } from '../scenario/whole-cluster.ts';
import { nodeServices } from './services.ts';

/** Gives the nodes of a list as text in this project's own CSV; throws a ScenarioError with what is wrong in its file. */
export function nodesAsCsv(item: NodeFile): string {
  const { header, rows } = csvOfNodes(listNodes(item, nodeServices('.')).groups);
  let text = '';
  const table = csvWriter(header, (block) => {
    text += block;
  });
  for (const row of rows) table.write(row);
  table.end();
  return text;
}
