import { describe, expect, test } from 'vitest';
import { problemsOf, problemsOfItem, SOUND } from './problems-of.ts';

/** A scenario with these groups of nodes, and one job that any of them can run. */
const withNodes = (...groups: string[]) =>
  problemsOf(`version: 1
cluster:
  nodes:
${groups.map((group) => `    - ${group}\n`).join('')}workload:
  - { framework: A, demand: { cpus: 0 }, duration: 5s }
`);

describe('nodes', () => {
  test('have names of their own', () => {
    expect(withNodes('{ name: a, capacity: { cpus: 1 } }', '{ name: a, capacity: { cpus: 2 } }')).toEqual([
      '5:15 cluster.nodes.1.name: `a` is the name of `cluster.nodes.0` already',
    ]);
  });

  test('have a capacity of something', () => {
    expect(withNodes('{ name: a, capacity: {} }')).toEqual([
      '4:28 cluster.nodes.0.capacity: must be a mapping of at least one resource to an amount, not an empty mapping',
    ]);
  });

  test.each([
    ['mem: 18XB', 'mem: must be an amount of mem in MiB, such as 512, or 4GB, not the text `18XB`'],
    ['mem: -4GB', 'mem: must be an amount of mem in MiB, such as 512, or 4GB, not the text `-4GB`'],
    ['gpus: 4GB', 'gpus: must be an amount of gpus, such as 2 or 0.5, not the text `4GB`'],
    [
      'gpus: 500m',
      'gpus: must be an amount of gpus, such as 2 or 0.5, not the text `500m` (write 0.5 for thousandths)',
    ],
    ['gpus: -1', 'gpus: must be an amount, such as 8 or 64GB, or `{ devices: 4 }`, not `-1`'],
    ['gpus: { devices: -1 }', 'gpus.devices: must be a whole number of 0 or more, not `-1`'],
    ['gpus: { device: 2 }', 'gpus.device: unknown key `device` (rename `device` to `devices`, which is missing)'],
    ['mem: 512m', ''],
    ['mem: 512MiB', ''],
    ['gpus: 4K', ''],
  ])('have amounts that can be read: %s', (capacity, problem) => {
    const problems = withNodes(`{ name: a, capacity: { cpus: 1, ${capacity} } }`);
    expect(problems.map((one) => one.replace(/^\S+ cluster\.nodes\.0\.capacity\./, ''))).toEqual(
      problem === '' ? [] : [problem],
    );
  });

  test('number the devices of a resource everywhere or nowhere, save where there are none', () => {
    const devices = '{ name: a, capacity: { cpus: 1, gpus: { devices: 4 } } }';
    expect(withNodes(devices, '{ name: b, capacity: { cpus: 1, gpus: 0 } }')).toEqual([]);
    expect(withNodes('{ name: b, capacity: { cpus: 1, gpus: 2 } }', devices)).toEqual([
      '4:45 cluster.nodes.0.capacity.gpus: must be `{ devices: … }` as in `cluster.nodes.1`, not `2` (write { devices: 2 })',
    ]);
  });

  test('have totals that a double holds exactly', () => {
    // 2^53 = 9,007,199,254,740,992 thousandths: 9,007,199 nodes of 1,000,000,000 are 7.4 million short of it.
    const nodes = (count: number) => withNodes(`{ name: a, count: ${count}, capacity: { cpus: 1000000 } }`);
    expect(nodes(9_007_199)).toEqual([]);
    expect(nodes(9_007_200)).toEqual([
      "4:25 cluster.nodes.0.count: the cluster's total of cpus is 9007200000000000 steps of 1/1000; above 2^53 amounts are no longer exact (use a coarser precision)",
    ]);
  });

  test('have totals over all groups', () => {
    const half = 'capacity: { cpus: 5000000000000 }';
    expect(withNodes(`{ name: a, ${half} }`, `{ name: b, ${half} }`)).toEqual([
      expect.stringMatching(
        /^5:36 cluster\.nodes\.1\.capacity\.cpus: the cluster's total of cpus is 10000000000000000 /,
      ),
    ]);
  });

  test('are not more than can be simulated', () => {
    expect(withNodes('{ name: a, count: 10000000, capacity: { cpus: 1 } }')).toEqual([]);
    expect(withNodes('{ name: a, count: 10000001, capacity: { cpus: 1 } }')).toEqual([
      '4:25 cluster.nodes.0.count: makes 10000001 nodes; at most 10000000 can be simulated',
    ]);
  });

  test('have the resources whose precision is set', () => {
    expect(problemsOf(`${SOUND}resources: { gpu: { precision: 1e-6 } }`)).toEqual([
      '6:14 resources.gpu: no node has `gpu` (did you mean `gpus`?)',
    ]);
  });
});

describe('a demand', () => {
  test.each([
    ['cpu: 1', 'cpu: no node has `cpu` (did you mean `cpus`?)'],
    ['bandwidth: 1', 'bandwidth: no node has `bandwidth` (there is `cpus` and `gpus`)'],
    ['cpus: many', 'cpus: must be an amount of cpus, such as 2 or 0.5, not the text `many`'],
    ['cpus: exponential', 'cpus: exponential lacks its parameters (write exponential: { mean })'],
    ['cpus: -1', 'cpus: must be an amount, such as 2, 0.5 or 4GB, or a distribution, not `-1`'],
    ['cpus: 1e13', 'cpus: is too large: above 2^53 steps amounts are no longer exact'],
    ['gpus: 1.5', 'gpus: must be a share of one device or whole devices, not `1.5` (write 2, or at most 1)'],
    ['gpus: 0.25', ''],
    ['gpus: 2', ''],
    [
      'cpus: { uniform: { min: 1, max: many } }',
      'cpus.uniform.max: must be an amount of cpus, such as 2 or 0.5, not `many`',
    ],
    ['cpus: { unifrom: { min: 1, max: 2 } }', 'cpus.unifrom: unknown distribution `unifrom` (did you mean `uniform`?)'],
  ])('is an amount of something that a node has: %s', (demand, problem) => {
    const problems = problemsOfItem(`{ framework: A, demand: { ${demand} }, duration: 5s }`);
    expect(problems.map((one) => one.replace(/^demand\./, ''))).toEqual(problem === '' ? [] : [problem]);
  });

  test('is not said to be of nothing while the nodes cannot be read', () => {
    const text = SOUND.replace(/capacity: \{.*?\} \},/, 'capacity: 4,').replace('cpus: 1', 'gpus: 1');
    expect(problemsOf(text)).toEqual([expect.stringMatching(/^3:32 cluster\.nodes\.0\.capacity: must be/)]);
  });
});

describe('a constraint', () => {
  test.each([
    ['rack: r1', ''],
    ['rack: [r1]', ''],
    ['size: "3"', ''],
    ['rak: r1', 'rak: no node has the attribute `rak` (did you mean `rack`?)'],
    ['rack: r2', 'rack: no node has `rack` `r2` (did you mean `r1`?)'],
    ['rack: [r1, 7]', 'rack.1: no node has `rack` `7` (there is `r1`)'],
    ['rack: []', 'rack: must be a value, or a list of at least one value, not an empty list'],
    ['rack: [[r1]]', 'rack.0: must be text, a number, `true` or `false`, not a list'],
  ])('names an attribute and values that some node has: %s', (constraint, problem) => {
    const problems = problemsOfItem(
      `{ framework: A, demand: { cpus: 1 }, duration: 5s, constraints: { ${constraint} } }`,
    );
    expect(problems.map((one) => one.replace(/^constraints\./, ''))).toEqual(problem === '' ? [] : [problem]);
  });
});

describe('the role of a framework', () => {
  const roleProblems = (role: string, roles: string) =>
    problemsOf(`${SOUND}frameworks: { A: { role: ${role} } }\n${roles}`);

  test('may be any where no roles are listed', () => {
    expect(roleProblems('anything', '')).toEqual([]);
  });

  test('is one of those listed, or above one of them', () => {
    expect(roleProblems('eng/ads', 'roles: { eng/ads: {} }')).toEqual([]);
    expect(roleProblems('eng', 'roles: { eng/ads: {} }')).toEqual([]);
    expect(roleProblems('eng/adds', 'roles: { eng/ads: {} }')).toEqual([
      '6:26 frameworks.A.role: `roles` has no `eng/adds` (did you mean `eng/ads`?)',
    ]);
    expect(roleProblems('finance', 'roles: { eng/ads: {} }')).toEqual([
      '6:26 frameworks.A.role: `roles` has no `finance` (add it to `roles`)',
    ]);
  });
});

describe('jobs drawn at random', () => {
  const ending = (keys: string) =>
    problemsOfItem(
      `{ generate: { model: poisson, framework: A, rate: 1, ${keys} demand: { cpus: 1 }, duration: 5s } }`,
    );

  test('end after a number of jobs or after a time, not both', () => {
    expect(ending('jobs: 3,')).toEqual([]);
    expect(ending('until: 1h,')).toEqual([]);
    expect(ending('')).toEqual(['generate: `jobs` or `until` is missing: how many jobs to draw, or for how long']);
    expect(ending('jobs: 3, until: 1h,')).toEqual([
      'generate.until: `jobs` and `until` do not go together; give one of them',
    ]);
  });
});

describe('a trace', () => {
  const columns = (demand: string) => `columns: { submit: 0, duration: 1, demand: { ${demand} } }`;

  test.each([
    ['format: csv', 'trace: `columns` is missing: CSV traces say which column holds what'],
    [`format: swf, ${columns('cpus: 2')}`, 'trace.columns: `columns` goes with `format: csv` alone'],
    ['format: swf, delimiter: ";"', 'trace.delimiter: `delimiter` goes with `format: csv` alone'],
    [columns('cpu: 2'), 'trace.columns.demand.cpu: no node has `cpu` (did you mean `cpus`?)'],
    [
      columns('cpus: { value: many }'),
      'trace.columns.demand.cpus.value: must be an amount of cpus, such as 2 or 0.5, not the text `many`',
    ],
    [
      columns('gpus: { value: 1.5 }'),
      'trace.columns.demand.gpus.value: must be a share of one device or whole devices, not `1.5` (write 2, or at most 1)',
    ],
    [
      columns('cpus: { column: 2, unit: GB }'),
      'trace.columns.demand.cpus.unit: must be a unit of cpus, K, M, G or T, not the text `GB`',
    ],
    [
      columns('cpus: { column: 2, unit: K, factor: 2 }'),
      'trace.columns.demand.cpus.factor: `unit` and `factor` do not go together; give one of them',
    ],
    [columns('cpus: { column: 2, factor: 0.01 }'), ''],
  ])('has what goes with its format and its nodes: %s', (keys, problem) => {
    expect(problemsOfItem(`{ trace: { file: x, ${keys} } }`)).toEqual(problem === '' ? [] : [problem]);
  });
});

describe('the warm-up', () => {
  test('ends before the run', () => {
    expect(problemsOf(`${SOUND}until: 1h\nwarmup: 59m`)).toEqual([]);
    expect(problemsOf(`${SOUND}until: 1h\nwarmup: 60m`)).toEqual([
      '7:9 warmup: must be less than `until`, or nothing is left to measure',
    ]);
  });
});
