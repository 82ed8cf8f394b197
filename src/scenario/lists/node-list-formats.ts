import { aleaNodes } from './alea-nodes.ts';
import { alibabaGpu2020Nodes, alibabaGpu2023Nodes, alibabaGpu2026Nodes } from './alibaba-gpu-nodes.ts';
import { csvNodes } from './csv-nodes.ts';
import { google2011Nodes } from './google2011-nodes.ts';
import { kubernetesNodes } from './kubernetes-nodes.ts';
import type { NodeDocumentFormat, NodeListFormat } from './node-list.ts';
import { tiresiasNodes } from './tiresias-nodes.ts';

/** Every format of lists of nodes that are documents; they are tried before the tables. */
export const nodeDocumentFormats: readonly NodeDocumentFormat[] = [kubernetesNodes];

/** Every format of lists of nodes that are tables, in the order in which they are tried on a file of unknown format. */
export const nodeListFormats: readonly NodeListFormat[] = [
  alibabaGpu2020Nodes,
  alibabaGpu2023Nodes,
  alibabaGpu2026Nodes,
  tiresiasNodes,
  google2011Nodes,
  aleaNodes,
  csvNodes,
];

/** What `format:` of a list of nodes may be. */
export const nodeListNames = [...nodeListFormats, ...nodeDocumentFormats].map(({ name }) => name) as [
  string,
  ...string[],
];
