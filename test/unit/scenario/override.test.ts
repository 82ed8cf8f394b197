import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../src/scenario/parse.ts';
import { problemsOf, SOUND } from './problems-of.ts';

/** Takes overrides as the command line does, `path=value`. */
const options = (...given: string[]) => ({
  overrides: given.map((one) => ({ path: one.slice(0, one.indexOf('=')), value: one.slice(one.indexOf('=') + 1) })),
});

const set = (...given: string[]) => parseScenario(SOUND, 's.yaml', options(...given)).scenario;

const problems = (...given: string[]) => problemsOf(SOUND, options(...given));

describe('an override', () => {
  test('changes a value that is there', () => {
    expect(set('cluster.nodes.0.count=64').cluster.nodes[0]).toMatchObject({ count: 64 });
    expect(set('workload.0.demand.cpus=2').workload[0]).toMatchObject({ demand: { cpus: 2 } });
  });

  test('takes any YAML', () => {
    expect(set('roles={ A: { weight: 2 } }').roles).toEqual({ A: { weight: 2 } });
    expect(set('allocators=[drf, fifo]').allocators).toEqual([{ name: 'drf' }, { name: 'fifo' }]);
  });

  test('adds what the format has and the file leaves out', () => {
    expect(set('roles.eng/ads.weight=2').roles).toEqual({ 'eng/ads': { weight: 2 } });
    expect(set('simulation.conventions=canonical').simulation).toEqual({ conventions: 'canonical' });
  });

  test('turns the bare name of an allocator into a mapping', () => {
    const text = `${SOUND}allocator: easy\nallocators: [drf]\n`;
    const { scenario } = parseScenario(text, 's.yaml', options('allocator.order=sjbf', 'allocators.0.ties=name'));
    expect(scenario.allocator).toEqual({ name: 'easy', order: 'sjbf' });
    expect(scenario.allocators).toEqual([{ name: 'drf', ties: 'name' }]);
  });

  test('puts options below the default allocator where none is named', () => {
    expect(set('allocator.queue=skip').allocator).toEqual({ name: 'fifo', queue: 'skip' });
  });

  test('reaches options within options', () => {
    expect(set('allocator.a.b=1', 'allocator.a.c=[1, 2]', 'allocator.a.c.1=3').allocator).toEqual({
      name: 'fifo',
      a: { b: 1, c: [1, 3] },
    });
  });

  test('turns a fixed value into a distribution or into devices', () => {
    const { cluster, workload } = set(
      'workload.0.duration.exponential.mean=5s',
      'cluster.nodes.0.capacity.cpus.devices=3',
    );
    expect(workload[0]).toMatchObject({ duration: { exponential: { mean: '5s' } } });
    expect(cluster.nodes[0]).toMatchObject({ capacity: { cpus: { devices: 3 } } });
  });

  test('may set a key that has dots in it, new or not', () => {
    const { thresholds } = set('thresholds.wait.p95=< 5', 'thresholds.wait.mean=< 3', 'thresholds.wait.p95=< 6');
    expect(thresholds).toEqual({ 'wait.p95': '< 6', 'wait.mean': '< 3' });
    const text = SOUND.replace('cpus: 4', 'cpus: 4, nvidia.com/gpu: { devices: 1 }');
    const { scenario } = parseScenario(text, 's.yaml', options('cluster.nodes.0.capacity.nvidia.com/gpu.devices=8'));
    expect(scenario.cluster.nodes[0]).toMatchObject({ capacity: { 'nvidia.com/gpu': { devices: 8 } } });
  });

  test('yields to a later one of the same path', () => {
    expect(set('name=a', 'name=b').name).toBe('b');
  });

  test('is applied before anything is checked', () => {
    const text = SOUND.replace('duration: 5s', 'duration: 5x');
    expect(problemsOf(text, options('workload.0.duration=5s'))).toEqual([]);
  });
});

describe('a problem of an override', () => {
  test('has the override for its place, and comes after those of the file, in the order given', () => {
    expect(problemsOf(`${SOUND}until: 0`, options('seed=', 'cluster.nodes.0.count=0', 'workload.0.gang=yes'))).toEqual([
      '6:8 until: must be a duration above 0, such as 90s or 1.5h, not `0`',
      '[--set seed=] seed: must be text on one line, or a number, not nothing',
      '[--set cluster.nodes.0.count=0] cluster.nodes.0.count: must be a whole number of 1 or more, not `0`',
      '[--set workload.0.gang=yes] workload.0.gang: must be `true` or `false`, not the text `yes` (write true)',
    ]);
  });

  test('may have another name', () => {
    const overrides = [{ path: 'allocator', value: '{}', label: "--allocator '{}'" }];
    expect(problemsOf(SOUND, { overrides })).toEqual([
      "[--allocator '{}'] allocator: `name` is missing; it must be text",
    ]);
  });

  test.each([
    ['cluster.node.0.count=64', 'cluster.node: unknown key `node` (did you mean `nodes`?)'],
    ['clustr.nodes=[]', 'clustr: unknown key `clustr` (did you mean `cluster`?)'],
    [
      'frameworks.A.quota=3',
      'frameworks.A.quota: unknown key `quota` (known here: `role`, `scheduler`, `registers`, `failover-timeout`, `checkpoint` and `capabilities`)',
    ],
    ['cluster.nodes.1.count=64', 'cluster.nodes.1: `1` is no item of a list that has one item, number 0'],
    ['cluster.nodes.n.count=64', 'cluster.nodes.n: `n` is no item of a list that has one item, number 0'],
    ['seed.a=1', 'seed: nothing lies below `seed`'],
    ['workload.0.duration.=1', 'workload.0.duration.: unknown key ``'],
    ['roles.__proto__.weight=1', 'roles.__proto__: unknown key `__proto__`'],
    ['=1', ': unknown key ``'],
    ['name=[1, 2', 'name: not valid YAML: flow sequence must end with a ]'],
    ['name={ a: 1, a: 2 }', 'name: the key `a` stands here twice'],
  ])('names the step that leads nowhere: %s', (given, problem) => {
    const [first, ...others] = problems(given);
    expect(first?.replace(`[--set ${given}] `, '')).toContain(problem);
    expect(others).toEqual([]);
  });

  test('leaves the rest of the scenario as it was', () => {
    expect(problems('roles.A.wait=1', 'name=x')).toEqual([
      '[--set roles.A.wait=1] roles.A.wait: unknown key `wait` (known here: `weight` and `quota`)',
    ]);
  });
});
