import { fromSeconds, type Time } from '../../base/time.ts';
import { constraintRows } from './constraint-rows.ts';
import { demandColumns } from './demand-columns.ts';
import { tableReader } from './table.ts';

/** By resource: the column, and what its numbers are multiplied and divided by (0.29 is 29 / 100, and not 29 x 0.01). */
const AMOUNTS = [
  ['cpus', 'cpu_request', 1, 1],
  ['mem', 'memory_request', 1_024, 1],
  ['gpus', 'gpu_request', 1, 1],
  ['rdma', 'rdma_request', 1, 100],
  ['disk', 'disk_request', 1_024, 1],
] as const;

const TIMES = [
  ['creation_time', 'unknown submit'],
  ['scheduled_time', 'never scheduled'],
  ['deletion_time', 'no end'],
] as const;

/**
 * Reads the instances of Alibaba's recommendation services: CPU nodes (CN) and GPU nodes (HN) of one service apart.
 *
 * An instance runs from scheduling to deletion; those that were there before the trace or stay beyond it are left out.
 * The resource `rdma` counts network cards. How many instances of a service a node may hold is not kept to.
 *
 * @see Yang et al., GPU-disaggregated serving for deep learning recommendation models at scale, NSDI 2025
 */
export const alibabaGpu2025 = tableReader({
  name: 'alibaba-gpu2025',
  summary: 'Alibaba GPU 2025: instances of services, CPU and GPU nodes apart',
  columns: ['instance_sn', 'role', 'app_name', 'cpu_request', 'gpu_request', 'memory_request'].concat(
    TIMES.map(([column]) => column),
  ),
  optional: ['rdma_request', 'disk_request', 'max_instance_per_node'],
  resources: ['cpus', 'mem', 'gpus', 'rdma', 'disk'],
  canBe: ['pool', 'tasks', 'gang'],
  frameworkBy: { user: 'app_name', group: 'app_name', queue: 'role' },
  own: {
    roles: {
      kind: 'choice',
      of: ['ignore', 'heed'],
      default: 'ignore',
      summary: 'whether an instance may run only on nodes whose attribute `role` is its own, CN or HN',
    },
  },
  open({ options: { own }, context, account, writer }) {
    const names = AMOUNTS.map(([name]) => name);
    const columns = demandColumns(names, 'alibaba-gpu2025', context, account);
    const demand = new Float64Array(context.resources.length);
    const heeds = own.text('roles') === 'heed';
    account.rules['roles'] = own.text('roles');
    const rowOf = constraintRows('role', context);
    const moments: Time[] = [];
    return {
      take(row) {
        for (const [i, [column, reason]] of TIMES.entries()) {
          if (row.isEmpty(column)) return reason;
          const seconds = row.number(column);
          if (Number.isNaN(seconds)) return `not a number: ${column}`;
          moments[i] = fromSeconds(seconds);
        }
        const [submit, start, end] = moments as [Time, Time, Time];
        if (start < submit) return 'scheduled before submit';
        if (end < start) return 'unknown run time';
        for (const [i, [, column, times, per]] of AMOUNTS.entries()) {
          if (columns[i]! < 0) continue;
          const amount = row.isEmpty(column) ? 0 : row.number(column);
          if (Number.isNaN(amount)) return `not a number: ${column}`;
          if (amount < 0) return `negative: ${column}`;
          demand[columns[i]!] = (amount * times) / per;
        }
        writer.add(
          {
            name: row.text('instance_sn'),
            framework: row.framework(),
            submit,
            estimate: Number.NaN,
            priority: 0,
            constraint: heeds ? rowOf(row.text('role')) : 0,
            line: row.line,
          },
          { run: end - start, width: 1, demand },
        );
        if (row.number('max_instance_per_node') >= 0) writer.note('limit of instances a node, not kept to');
        return null;
      },
    };
  },
});
