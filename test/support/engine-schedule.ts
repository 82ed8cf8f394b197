import { resource } from '../../src/base/amounts.ts';
import { SECOND } from '../../src/base/time.ts';
import { runWorkload } from './run-workload.ts';
import type { TwinWorld } from './twin-world.ts';
import type { TwinPolicy, TwinSchedule } from './unit-step-twin.ts';

const RESOURCES = ['cpus', 'mem', 'disk'];

/** Has the engine run a world of the twin; times of the schedule in seconds. */
export async function engineSchedule(world: TwinWorld, policy: TwinPolicy): Promise<TwinSchedule> {
  const { order, placement, queue, hierarchy } = policy;
  const run = await runWorkload({
    resources: RESOURCES.slice(0, world.nodes[0]!.length).map((name) => resource(name)),
    groups: world.nodes.map((capacity, n) => ({ name: `n${n}`, count: 1, capacity, attributes: {} })),
    jobs: world.jobs.map(({ framework, submit, estimate, priority, gang, tasks, stages }) => ({
      framework,
      submit: submit * SECOND,
      ...(estimate !== null && { estimate: estimate * SECOND }),
      priority,
      gang,
      stages,
      tasks: tasks.map(({ demand, run }) => ({ demand, run: run * SECOND })),
    })),
    allocator:
      order === 'drf' ? { name: order, placement, ...(hierarchy && { hierarchy }) } : { name: order, placement, queue },
    roles: world.roles,
    roleOf: world.roleOf,
  });
  const seconds = (time: number | null) => (time === null ? null : time / SECOND);
  return {
    rejected: run.rejected,
    tasks: run.tasks.map((task) => ({ ...task, start: seconds(task.start), end: seconds(task.end) })),
  };
}
