import { fromSeconds } from '../../base/time.ts';
import { demandColumns } from './demand-columns.ts';
import { tableReader } from './table.ts';

const COLUMNS = [
  'vmid',
  'subscriptionid',
  'deploymentid',
  'vmcreated',
  'vmdeleted',
  'maxcpu',
  'avgcpu',
  'p95maxcpu',
  'vmcategory',
  'vmcorecountbucket',
  'vmmemorybucket',
] as const;

/** Seconds from the beginning of the trace to the last reading of its thirty days, which are taken every 300 s. */
const LAST_READING = 30 * 86_400 - 300;

const MIB_A_GIB = 1_024;

/**
 * Reads the table of virtual machines of Azure's public dataset V2: a machine a record, from its creation to its end.
 *
 * Sizes are buckets: the largest are open, such as `>24` cores, and are taken to be what the options say.
 *
 * @see Cortez et al., Resource Central, SOSP 2017; AzurePublicDatasetV2.md in Azure/AzurePublicDataset
 */
export const azure = tableReader({
  name: 'azure',
  summary: 'Azure public dataset V2, vmtable: virtual machines with cores and memory in buckets',
  resources: ['cpus', 'mem'],
  canBe: ['pool'],
  columns: ['vmid', 'vmcreated', 'vmdeleted', 'vmcorecountbucket', 'vmmemorybucket'],
  optional: COLUMNS,
  headless: COLUMNS,
  looksLikeRow: (cells) =>
    cells.length === COLUMNS.length &&
    [3, 4].every((i) => /^\d+$/.test(cells[i]!)) &&
    [9, 10].every((i) => /^>?\d+(\.\d+)?$/.test(cells[i]!)),
  frameworkBy: { user: 'subscriptionid', group: 'deploymentid', queue: 'vmcategory' },
  own: {
    'open-cores': {
      kind: 'number',
      min: 1,
      default: 30,
      summary: 'cores of a machine in the open bucket, such as `>24`; if that is less, one more than it says',
    },
    'open-memory': {
      kind: 'number',
      min: 1,
      default: 70,
      summary: 'GiB of a machine in the open bucket, such as `>64`; if that is less, one more than it says',
    },
  },
  open({ context, account, options, writer }) {
    const [cpus, mem] = demandColumns(['cpus', 'mem'], 'azure', context, account);
    const demand = new Float64Array(context.resources.length);
    const most = { cores: options.own.number('open-cores'), memory: options.own.number('open-memory') };
    account.rules['open-cores'] = most.cores;
    account.rules['open-memory'] = most.memory;

    /** A bucket's size; NaN where the cell is neither a number nor an open bucket. */
    const sizeOf = (text: string, size: number, open: number): number => {
      if (!Number.isNaN(size) || !/^>\s*\d+$/.test(text)) return size;
      return Math.max(open, Number(text.slice(1)) + 1);
    };
    return {
      take(row) {
        for (const column of ['vmcreated', 'vmdeleted']) {
          if (Number.isNaN(row.number(column))) return `${row.isEmpty(column) ? 'missing' : 'not a number'}: ${column}`;
        }
        const buckets = [row.number('vmcorecountbucket'), row.number('vmmemorybucket')] as const;
        const isOpen = buckets.some(Number.isNaN);
        const cores = isOpen ? sizeOf(row.text('vmcorecountbucket'), buckets[0], most.cores) : buckets[0];
        const memory = isOpen ? sizeOf(row.text('vmmemorybucket'), buckets[1], most.memory) : buckets[1];
        if (Number.isNaN(cores)) return 'not a number: vmcorecountbucket';
        if (Number.isNaN(memory)) return 'not a number: vmmemorybucket';
        if (cpus! >= 0) demand[cpus!] = cores;
        if (mem! >= 0) demand[mem!] = memory * MIB_A_GIB;
        const created = row.number('vmcreated');
        const deleted = row.number('vmdeleted');
        const isAdded = writer.add(
          {
            name: row.text('vmid') || account.read,
            framework: row.framework(),
            submit: fromSeconds(created),
            estimate: Number.NaN,
            priority: 0,
            constraint: 0,
            line: row.line,
          },
          { run: fromSeconds(deleted) - fromSeconds(created), width: 1, demand },
        );
        if (!isAdded) return null;
        if (isOpen) writer.note('open bucket, taken as the options say', 1, row.line);
        if (created === 0) writer.note('ran before the trace, for how long is not known', 1, row.line);
        if (deleted >= LAST_READING) writer.note('ran to the last reading of the trace or longer', 1, row.line);
        return null;
      },
    };
  },
});
