import { describe, expect, test } from 'vitest';
import { generatorNames } from '../../../src/workload/generators/registry.ts';
import { traceFormats } from '../../../src/workload/readers/formats.ts';
import { problemsOf, problemsOfItem, SOUND } from './problems-of.ts';

const MODELS = generatorNames
  .map((name) => `\`${name}\``)
  .join(', ')
  .replace(/, ([^,]+)$/, ' or $1');

const problemsWith = (line: string) => problemsOf(`${SOUND}${line}\n`);

describe('a key that is missing', () => {
  test('is told at the key of what it belongs to', () => {
    const text = `version: 1
cluster:
  nodes:
    - name: n
      capacity: { cpus: 1 }
workload:
  - framework: A
    demand: { cpus: 1 }
  - generate:
      model: poisson
      framework: B
      rate: 1/s
      jobs: 3
      demand: { cpus: 1 }
`;
    const duration = 'it must be a duration of 0 or more, such as 90s or 1.5h, or a distribution';
    expect(problemsOf(text)).toEqual([
      `7:5 workload.0: \`duration\` is missing; ${duration}`,
      `9:5 workload.1.generate: \`duration\` is missing; ${duration}`,
    ]);
  });

  test('is told once where another key is a slip for it', () => {
    expect(problemsOf(SOUND.replace('workload:', 'worklaod:'))).toEqual([
      '4:1 worklaod: unknown key `worklaod` (rename `worklaod` to `workload`, which is missing)',
    ]);
  });

  test('is told once where a slip for it stands among free options', () => {
    expect(problemsWith('allocator: { nmae: drf }')).toEqual([
      '6:1 allocator: `name` is missing; it must be text (rename `nmae` to `name`)',
    ]);
  });
});

describe('a key that the format does not have', () => {
  test.each([
    ['allocater: drf', 'did you mean `allocator`?'],
    ['simulation: { convention: canonical }', 'did you mean `conventions`?'],
    ['nodes: []', 'it belongs below `cluster`'],
    [
      'frameworks: { A: { queue: x } }',
      'known here: `role`, `scheduler`, `registers`, `failover-timeout`, `checkpoint` and `capabilities`',
    ],
  ])('has a suggestion: %j', (line, suggestion) => {
    const [problem, ...others] = problemsWith(line);
    expect(problem).toMatch(/unknown key/);
    expect(problem).toContain(`(${suggestion})`);
    expect(others).toEqual([]);
  });

  test('does not hide what is wrong below it', () => {
    expect(problemsWith('treshholds: { wait.p95: 3 }\nsimulatoin: { conventions: psyy }')).toEqual([
      '6:1 treshholds: unknown key `treshholds` (did you mean `thresholds`?)',
      expect.stringMatching(/^6:25 thresholds\.wait\.p95: must be a comparison .*, not `3`$/),
      '7:1 simulatoin: unknown key `simulatoin` (did you mean `simulation`?)',
      '7:28 simulation.conventions: must be `canonical` or `pyss`, not the text `psyy`',
    ]);
  });

  test('is not taken for one that stands beside it', () => {
    expect(problemsWith('seed: 1\nseeds: 2')).toEqual([
      expect.stringMatching(/^7:1 seeds: unknown key `seeds` \(known here/),
    ]);
  });
});

describe('a value of the wrong kind', () => {
  test.each([
    ['name: 3', 'name: must be text, not `3` (put it in quotes: "3")'],
    ['name:', 'name: must be text, not nothing'],
    ['name: ""', 'name: must be text, not an empty text'],
    ['until: []', 'until: must be a duration above 0, such as 90s or 1.5h, not an empty list'],
    ['until: 1e300', 'until: must be a duration above 0, such as 90s or 1.5h, not `1e+300`'],
    ['until: .inf', 'until: must be a duration above 0, such as 90s or 1.5h, not `Infinity`'],
    ['until: 5 min', ''],
    ['warmup: -1s', 'warmup: must be a duration of 0 or more, such as 90s or 1.5h, not the text `-1s`'],
    ['roles: [A]', 'roles: must be a mapping of role paths to their settings, not a list'],
    ['roles: { A: 2 }', 'roles.A: must be a mapping, not `2`'],
    [
      'roles: { A: { weight: "2" } }',
      'roles.A.weight: must be a number above 0, not the text `2` (write it without quotes)',
    ],
    ['allocator: 3', "allocator: must be an allocator's name, or a mapping with `name` and its options, not `3`"],
    ['allocators: []', 'allocators: must be a list of at least one allocator, not an empty list'],
    [
      'resources: { cpus: { precision: 0.3 } }',
      'resources.cpus.precision: must be 1 divided by a whole number, such as 0.001 or 1e-6, not `0.3`',
    ],
    [
      'resources: { cpus: { precision: 2 } }',
      'resources.cpus.precision: must be 1 divided by a whole number, such as 0.001 or 1e-6, not `2`',
    ],
    [
      'thresholds: { a: "=> 3" }',
      'thresholds.a: must be a comparison (>=, >, <=, < or ==) and a number, such as ">= 0.9" or "< 5m", not the text `=> 3`',
    ],
    [
      'roles: { a//b: {} }',
      'roles.a//b: the key `a//b` must be a role path, such as eng/ads (no empty part, none of dots alone)',
    ],
  ])('is told in plain words: %j', (line, message) => {
    expect(problemsWith(line).map((problem) => problem.replace(/^\S+ /, ''))).toEqual(message === '' ? [] : [message]);
  });

  test('of `version` says how to write it', () => {
    expect(problemsOf(SOUND.replace('version: 1', 'version: "1"'))).toEqual([
      '1:10 version: must be 1, not the text `1` (write it without quotes)',
    ]);
  });
});

describe('a source of jobs', () => {
  const sound = 'framework: A, demand: { cpus: 1 }, duration: 5s';

  test.each([
    ['drf', 'must be a mapping with `framework`, `trace` or `generate`, not the text `drf`'],
    [`{ ${sound}, gang: yes }`, 'gang: must be `true` or `false`, not the text `yes` (write true)'],
    [`{ ${sound}, tasks: 0 }`, 'tasks: must be a whole number of 1 or more, not `0`'],
    [`{ ${sound}, jobs: 1.5 }`, 'jobs: must be a whole number of 1 or more, not `1.5`'],
    [
      `{ ${sound}, jobs: "4" }`,
      'jobs: must be a whole number of 1 or more, not the text `4` (write it without quotes)',
    ],
    [
      '{ framework: A, demand: {}, duration: 5s }',
      'demand: must be a mapping of at least one resource to an amount, not an empty mapping',
    ],
    [
      '{ framework: A, demand: 4, duration: 5s }',
      'demand: must be a mapping of at least one resource to an amount, not `4`',
    ],
    ['{ trace: x.swf }', 'trace: must be a mapping with `file`, not the text `x.swf`'],
    [
      '{ trace: { file: x, format: swff } }',
      `trace.format: must be ${traceFormats
        .map((name) => `\`${name}\``)
        .join(', ')
        .replace(/, (?=[^,]*$)/, ' or ')}, not the text \`swff\` (did you mean \`swf\`?)`,
    ],
    ['{ trce: { file: x } }', 'trce: unknown key `trce` (rename `trce` to `trace`, which is missing)'],
    ['{ trace: { file: x }, duration: 5s }', 'duration: `duration` does not go with `trace`'],
    ['{ trace: { file: x, delimiter: ab } }', 'trace.delimiter: must be one character, not the text `ab`'],
  ])('has the problems of the kind that was meant: %s', (item, problem) => {
    expect(problemsOfItem(item)).toEqual([problem]);
  });

  test.each([
    ['framework: []', 'framework: must be text, or a list of at least one `{ name, weight }`, not an empty list'],
    ['framework: [A]', 'framework.0: must be a mapping with `name`, not the text `A`'],
    ['framework: [{ name: A, weight: 0 }]', 'framework.0.weight: must be a number above 0, not `0`'],
    ['rate: 3/year', 'rate: must be a rate above 0, such as 0.5/s or 30/h, not the text `3/year`'],
    ['rate: 0', 'rate: must be a rate above 0, such as 0.5/s or 30/h, not `0`'],
    ['model: posson', `model: must be ${MODELS}, not the text \`posson\` (did you mean \`poisson\`?)`],
    ['tasks: 2.5', 'tasks: must be a whole number of 1 or more, not `2.5`'],
    ['tasks: { exponential: { mean: 2.5 } }', ''],
  ])('that draws jobs has them too: %s', (line, problem) => {
    const key = line.split(':')[0]!;
    const rest = ['model: poisson', 'framework: A', 'rate: 1/s', 'tasks: 1'].filter((one) => !one.startsWith(key));
    const item = `{ generate: { ${[line, ...rest].join(', ')}, jobs: 3, demand: { cpus: 1 }, duration: 5s } }`;
    expect(problemsOfItem(item)).toEqual(problem === '' ? [] : [`generate.${problem}`]);
  });

  test.each([
    ['exponential', 'duration: exponential lacks its parameters (write exponential: { mean })'],
    [
      '{ exponental: { mean: 5s } }',
      'duration.exponental: unknown distribution `exponental` (did you mean `exponential`?)',
    ],
    [
      '{ exponential: { mean: 5x } }',
      'duration.exponential.mean: must be a duration of 0 or more, such as 90s or 1.5h, not `5x`',
    ],
    ['{ exponential: {} }', 'duration.exponential: `mean` is missing (write exponential: { mean })'],
    ['{ exponential: { meen: 5s } }', '2'],
    ['[5s]', 'duration: must be a duration of 0 or more, such as 90s or 1.5h, or a distribution, not a list'],
    ['5 parsecs', 'duration: must be a duration of 0 or more, such as 90s or 1.5h, not `5 parsecs`'],
  ])('has those of its distributions: %s', (duration, problem) => {
    const problems = problemsOfItem(`{ framework: A, demand: { cpus: 1 }, duration: ${duration} }`);
    if (problem === '2') expect(problems).toHaveLength(2);
    else expect(problems).toEqual([problem]);
  });
});

describe('a column', () => {
  const csv = (submit: string) =>
    problemsOfItem(`{ trace: { file: x, columns: { submit: ${submit}, duration: d, demand: { cpus: 1 } } } }`);

  test.each([
    ['t', []],
    ['0', []],
    ['{ column: t, unit: ms }', []],
    ['{ value: 5s }', []],
    ['-1', ['must be a column, `{ column, … }` or `{ value }`, not `-1`']],
    ['{ column: t, unit: min }', ['unit: must be `us`, `ms`, `s`, `m`, `h` or `d`, not the text `min`']],
    ['{ colunm: t }', ['colunm: unknown key `colunm` (rename `colunm` to `column`, which is missing)']],
    ['{ value: never }', ['value: must be a duration of 0 or more, such as 90s or 1.5h, not the text `never`']],
    ['{ value: 5s, column: t }', ['column: `column` does not go with `value`']],
  ])('is a name, a number, or one of two mappings: %s', (submit, problems) => {
    expect(csv(submit).map((one) => one.replace(/^trace\.columns\.submit[.:] ?/, ''))).toEqual(problems);
  });
});
