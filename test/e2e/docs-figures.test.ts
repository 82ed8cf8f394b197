import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../src/cli/read-scenario.ts';
import { JOB_COLUMNS } from '../../src/metrics/job-rows.ts';
import { TASK_COLUMNS } from '../../src/metrics/task-rows.ts';
import type { RunResult } from '../../src/report/run-result.ts';
import { runScenario } from '../../src/scenario/run-scenario.ts';
import type { ObservedRun } from '../../src/simulation/observer.ts';
import { readDocument, section, tableRows } from '../support/markdown.ts';
import { ROOT } from '../support/run-cli.ts';
import { runShipped, runText } from '../support/run-in-process.ts';

const unquoted = (cell: string) => cell.replaceAll('`', '');

describe('scenarios/README.md', () => {
  const rows = tableRows(section(readDocument('scenarios/README.md'), '## Figures'));
  const runs = [...new Set(rows.map(([run]) => unquoted(run!)))];

  it.each(runs)('says what `%s` prints', async (run) => {
    const [name, ...options] = run.split(' ');
    const result = await runShipped(name!, settingsOf(options));
    const own = rows.filter(([other]) => unquoted(other!) === run);
    const expected = own.map(([, path, printed]) => [path, Number(printed)]);
    const got = own.map(([, path, printed]) => [path, rounded(valueAt(result, unquoted(path!)), printed!)]);
    expect(got).toEqual(expected);
  });

  it('has a row for each scenario', () => {
    const named = [...readDocument('scenarios/README.md').text.matchAll(/^\| \[[\w-]+\]\(([\w-]+\.yaml)\)/gm)];
    const golden = JSON.parse(readFileSync(join(ROOT, 'test/golden/digests.json'), 'utf8')) as Record<string, string>;
    const shipped = Object.keys(golden).filter((label) => !label.includes(' '));
    expect(named.map(([, file]) => file).sort()).toEqual(shipped.map((name) => `${name}.yaml`).sort());
  });
});

function settingsOf(options: readonly string[]): Record<string, string> {
  const settings: Record<string, string> = {};
  for (let i = 0; i < options.length; i += 2) {
    const [key, value] = options[i] === '--set' ? options[i + 1]!.split('=') : [options[i]!.slice(2), options[i + 1]];
    settings[key!] = value!;
  }
  return settings;
}

/** Follows a path such as `roles.A.running` or `metrics["wait.mean"]`. */
function valueAt(result: RunResult, path: string): number {
  const keys = [...path.matchAll(/\["([^"]+)"\]|([^.[\]]+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], result) as number;
}

/** Rounds to as many digits as are printed. */
function rounded(value: number, printed: string): number {
  const digits = printed.replace(/^0\.0*/, '').replace('.', '').length;
  return Number(value.toPrecision(Math.max(1, digits)));
}

describe('the worked example of docs/allocators.md', () => {
  const rows = tableRows(section(readDocument('docs/allocators.md'), '### A worked example'));
  const framework: Record<string, string> = { science: 'matlab', dev: 'build', qa: 'tests', ml: 'cache' };

  it('starts the tasks that the run starts, in that order, and counts them', async () => {
    const { scenario, services } = readScenario(join(ROOT, 'scenarios/drf-hierarchical.yaml'), []);
    const started: string[] = [];
    let run: ObservedRun;
    await runScenario(scenario, services, {
      observers: [
        {
          onStart: (observed) => {
            run = observed;
          },
          onTaskStarted: (_, task) => {
            started.push(run.view.frameworkName(run.view.frameworkOf(run.view.jobOf(task))));
          },
        },
      ],
    });
    expect(started.slice(0, rows.length)).toEqual(rows.map(([team]) => framework[team!]));
    expect(started.slice(rows.length)).toEqual(['cache', 'cache', 'cache']);
    rows.forEach(([, science, teams], i) => {
      const count = (team: string) => started.slice(0, i + 1).filter((name) => name === framework[team]).length;
      expect([science, teams]).toEqual([`${count('science')}`, ['dev', 'qa', 'ml'].map(count).join(', ')]);
    });
  });

  it('gives weights below one parent the cpus that the text names', async () => {
    const text = (hierarchy: string) => `
version: 1
cluster: { nodes: [{ name: pool, capacity: { cpus: 12 } }] }
roles: { a: {}, b: {}, b/x: {}, b/y: { weight: 2 } }
frameworks: { f: { role: a }, x: { role: b/x }, y: { role: b/y } }
workload:
  - { framework: f, tasks: 120, demand: { cpus: 0.1 }, duration: 100s }
  - { framework: x, tasks: 120, demand: { cpus: 0.1 }, duration: 100s }
  - { framework: y, tasks: 120, demand: { cpus: 0.1 }, duration: 100s }
allocator: { name: drf, hierarchy: ${hierarchy} }
until: 60s
`;
    const cpus = async (hierarchy: string) => {
      const { roles } = await runText(text(hierarchy));
      return ['a', 'b'].map((role) => roles[role]!.running.amounts['cpus']);
    };
    expect(await cpus('hdrf')).toEqual([4.9, 7.1]);
    expect(await cpus('sorter')).toEqual([6, 6]);
    expect(await cpus('flat')).toEqual([3, 9]);
  });
});

describe('the digest of docs/model.md', () => {
  const text = `
version: 1
cluster: { nodes: [{ name: n, capacity: { cpus: 1 } }] }
workload:
  - { framework: a, name: one, demand: { cpus: 1 }, duration: 10s, submit: 5s }
  - { framework: b, name: wide, demand: { cpus: 2 }, duration: 10s, submit: 6s }
  - { framework: c, name: late, demand: { cpus: 1 }, duration: 10s, submit: 7s }
until: 20s
`;
  const numbers = (...values: number[]) => Buffer.from(Float64Array.from(values).buffer);
  const line = (value: string) => Buffer.from(`${value}\n`, 'utf8');
  const sha256 = (parts: readonly Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest('hex');
  // one runs from 5 s to 15 s, wide never fits, late starts at 15 s and is cut at 20 s
  const starts = [numbers(2, 5e6, 0, 0, 0)];
  const middle = [numbers(3, 15e6, 0, 0, 0)];
  const restart = [numbers(2, 15e6, 2, 0, 0)];

  it('is what the bytes described there give', async () => {
    const header =
      '{"digest":1,"seed":"1","conventions":"canonical","allocator":["fifo",[["queue","strict"],["placement","first-fit"]]]}';
    const facts = [
      line(header),
      numbers(1, 5e6, 0, 1),
      line('one'),
      ...starts,
      numbers(5, 6e6, 1),
      line('wide'),
      numbers(1, 7e6, 2, 1),
      line('late'),
      ...middle,
      numbers(4, 15e6, 0),
      ...restart,
      numbers(6, 20e6, 2),
    ];
    const { digest, schedule_digest } = await runText(text);
    expect(digest).toBe(sha256(facts));
    expect(schedule_digest).toBe(sha256([...starts, ...middle, ...restart]));
    expect(readDocument('docs/model.md').text).toContain(header);
  });
});

describe('docs/formats/results.md', () => {
  const guide = readDocument('docs/formats/results.md');
  const columns = (heading: string) => tableRows(section(guide, heading)).map(([name]) => unquoted(name!));

  it('has the columns of the tables', () => {
    expect(columns('## jobs.csv')).toEqual([...JOB_COLUMNS]);
    expect(columns('## tasks.csv')).toEqual([...TASK_COLUMNS, '<resource>_used']);
  });

  it('has every field of a result', async () => {
    // An allocator that solves linear programs gives all there are.
    const result = await runShipped('drf-paper', { allocator: 'lp-weighted' });
    const tops = new Set(columns('## result.json').map((name) => name.split(/[.[]/)[0]));
    // One whose nodes and events stand in files has all there are on top.
    expect([...tops]).toEqual(Object.keys(await runShipped('gpu-cluster', {})));
    for (const part of ['time', 'jobs', 'tasks', 'engine'] as const) {
      const fields = columns('## result.json').filter((name) => name.startsWith(`${part}.`));
      expect(fields).toEqual(Object.keys(result[part]).map((field) => `${part}.${field}`));
    }
  });
});
