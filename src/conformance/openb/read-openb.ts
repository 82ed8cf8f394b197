import type { ByteSource } from '../../base/byte-source.ts';
import { CaseError } from '../fields.ts';
import { MissingTrace, type TraceFolder } from '../trace-folder.ts';

/** A node of the cluster: milli-cores, MiB, GPUs of one type. */
export interface OpenbNode {
  readonly name: string;
  readonly cpu: number;
  readonly mem: number;
  readonly gpus: number;
  readonly type: string;
}

/** A pod: `gpuMilli` of each of `gpus` GPUs, of one of the types that `spec` names where it names any. */
export interface OpenbPod {
  readonly name: string;
  readonly cpu: number;
  readonly mem: number;
  readonly gpus: number;
  readonly gpuMilli: number;
  readonly spec: string;
}

const FOLDER = /(^|\/)alibaba-gpu2023\//;

/** Reads the nodes that have GPUs. */
export function readNodes(traces: TraceFolder): Promise<OpenbNode[]> {
  return readRows(traces, 'openb_node_list_gpu_node.csv', (cell) => ({
    name: cell('sn'),
    cpu: Number(cell('cpu_milli')),
    mem: Number(cell('memory_mib')),
    gpus: Number(cell('gpu')),
    type: cell('model'),
  }));
}

/** Reads a list of pods by its name, such as `default` or `gpushare40`; throws MissingTrace. */
export function readPods(list: string, traces: TraceFolder): Promise<OpenbPod[]> {
  return readRows(traces, `openb_pod_list_${list}.csv`, (cell) => ({
    name: cell('name'),
    cpu: Number(cell('cpu_milli')),
    mem: Number(cell('memory_mib')),
    gpus: Number(cell('num_gpu')),
    gpuMilli: Number(cell('gpu_milli')),
    // Lists in which nobody is particular have no such column.
    spec: cell('gpu_spec', ''),
  }));
}

async function readRows<T>(
  traces: TraceFolder,
  name: string,
  read: (cell: (column: string, otherwise?: string) => string) => T,
): Promise<T[]> {
  const file = traces.tables.find((each) => FOLDER.test(each) && each.replace(/^.*\/|\.gz$/g, '') === name);
  if (file === undefined) throw new MissingTrace(name, traces);
  const [head, ...rows] = (await textOf(traces.open(file))).trimEnd().split(/\r?\n/);
  const columns = head!.split(',');
  return rows.map((row) => {
    const cells = row.split(',');
    return read((column, otherwise) => {
      const at = columns.indexOf(column);
      const value = at < 0 ? otherwise : cells[at];
      if (value === undefined) throw new CaseError(`${name} has no \`${column}\` in \`${row}\``);
      return value;
    });
  });
}

async function textOf(bytes: ByteSource): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of bytes.chunks()) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}
