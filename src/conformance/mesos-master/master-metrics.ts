import type { MasterWorld } from './master-world.ts';

const OFFERS = { sent: 'offered', accepted: 'accepted', declined: 'declined', rescinded: 'rescinded' } as const;

/**
 * Gives a metric of the master: `frameworks/<id>/offers/{sent,accepted,declined,rescinded}`,
 * `frameworks/<id>/tasks/{active,terminal}/<state>`, `tasks_<state>` and `outstanding_offers`, with or without
 * `master/` before it; undefined where there is no such metric.
 *
 * @see Mesos, docs/monitoring.md: Frameworks
 */
export function readMasterMetric(given: string, world: MasterWorld): number | undefined {
  const name = given.replace(/^master\//, '');
  if (name === 'outstanding_offers')
    return [...world.frameworks.values()].reduce((sum, { open }) => sum + open.length, 0);
  const all = /^tasks_([a-z_]+)$/.exec(name);
  if (all !== null) return countTasks(world, `task_${all[1]}`, () => true);
  const offers = /^frameworks\/(.+)\/offers\/(sent|accepted|declined|rescinded)$/.exec(name);
  if (offers !== null) {
    const framework = world.frameworkId(offers[1]!);
    return framework < 0 ? undefined : world.master.count(framework, OFFERS[offers[2] as keyof typeof OFFERS]);
  }
  const tasks = /^frameworks\/(.+)\/tasks\/(?:active|terminal)\/(task_[a-z_]+)$/.exec(name);
  if (tasks === null || world.frameworkId(tasks[1]!) < 0) return undefined;
  return countTasks(world, tasks[2]!, (framework) => framework === tasks[1]);
}

function countTasks(world: MasterWorld, state: string, isMeant: (framework: string) => boolean): number {
  let count = 0;
  for (const [id, { framework }] of world.plan.tasks) {
    if (isMeant(framework) && world.stateOf(id)?.toLowerCase() === state) count++;
  }
  return count;
}
