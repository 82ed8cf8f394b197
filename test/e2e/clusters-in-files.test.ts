import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/report/run-result.ts';
import { allot, allotJson, ROOT } from '../support/run-cli.ts';
import { runShipped } from '../support/run-in-process.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-clusters-'));
  cpSync(join(ROOT, 'traces'), join(folder, 'traces'), { recursive: true });
  cpSync(join(ROOT, 'scenarios/gpu-cluster.yaml'), join(folder, 'scenarios/gpu-cluster.yaml'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a cluster that stands in files', () => {
  it('gpu-cluster: pods wait for more than twice as long with the loss of a rack, which costs 8 tasks their work', async () => {
    const [lossy, sound] = [await runShipped('gpu-cluster'), await runShipped('gpu-cluster', { events: '[]' })];
    expect([lossy.jobs.completed, sound.jobs.completed]).toEqual([900, 900]);
    expect(lossy.tasks.failed).toBe(8);
    expect(sound.tasks.failed).toBe(0);
    expect(Math.round(lossy.metrics['wait.mean']!)).toBe(120);
    expect(Math.round(sound.metrics['wait.mean']!)).toBe(54);
    expect(lossy.cluster).toMatchObject([{ source: '../traces/gpu-nodes.csv', format: 'csv', read: 24, used: 24 }]);
    expect(lossy.events).toMatchObject([{ source: '../traces/gpu-events.csv', format: 'csv', read: 8, used: 8 }]);
    expect(sound.events).toBeUndefined();
  });

  it('is the same whether its nodes stand in a file or in the scenario', async () => {
    const lists = await allot(['nodes', join(ROOT, 'traces/gpu-nodes.csv')]);
    expect(lists.code).toBe(0);
    const [header, ...rows] = lists.out
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const cell = (row: string[], name: string) => row[header!.indexOf(name)]!;
    const nodes = rows.map((row) => ({
      name: cell(row, 'name'),
      capacity: {
        cpus: cell(row, 'cpus'),
        mem: cell(row, 'mem'),
        gpus: { devices: Number.parseInt(cell(row, 'gpus'), 10) },
      },
      price: Number(cell(row, 'price')),
      attributes: { 'gpu-model': cell(row, 'attribute.gpu-model') || 'none' },
    }));
    const spelled = await runShipped('gpu-cluster', { 'cluster.nodes': JSON.stringify(nodes) });
    expect(spelled.cluster).toBeUndefined();
    expect(spelled.digest).toBe((await runShipped('gpu-cluster')).digest);
  });

  it('is hashed in the manifest, so that verify tells when a list has changed', async () => {
    const out = join(folder, 'results');
    expect((await allot(['run', join(folder, 'scenarios/gpu-cluster.yaml'), '--out', out])).code).toBe(0);
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as { traces: object };
    expect(Object.keys(manifest.traces)).toEqual([
      '../traces/gpu-pods.csv',
      '../traces/gpu-nodes.csv',
      '../traces/gpu-events.csv',
    ]);
    expect((await allot(['verify', out])).code).toBe(0);
    const events = join(folder, 'traces/gpu-events.csv');
    writeFileSync(events, readFileSync(events, 'utf8').replaceAll('6h', '7h'));
    const { code, err } = await allot(['verify', out]);
    expect(code).toBe(4);
    expect(err).toContain('gpu-events.csv');
  });

  it('tells a mistake in a list with its line, and what the nodes of a list do not have', async () => {
    writeFileSync(join(folder, 'nodes.csv.gz'), gzipSync('name,cpus,attribute.rack\na,4,r1\nb,4,r2\n'));
    writeFileSync(join(folder, 'bad.csv'), 'name,cpus\na,4\nb,four\n');
    writeFileSync(join(folder, 'events.csv'), 'at,node,is\n1s,a,down\n2s,c,down\n');
    const text = (list: string) => `version: 1
cluster: { nodes: [{ file: ${list} }] }
workload:
  - { framework: f, demand: { cpu: 1 }, duration: 1s, constraints: { rack: r3 } }
events:
  - { at: 1s, node: d, is: down }
  - { file: events.csv }
`;
    writeFileSync(join(folder, 'sound.yaml'), text('nodes.csv.gz'));
    const sound = await allot(['check', join(folder, 'sound.yaml')]);
    expect(sound.code).toBe(2);
    for (const said of [
      'sound.yaml:4:31: workload.0.demand.cpu: no node has `cpu` (did you mean `cpus`?)',
      'no node has `rack` `r3`',
      'there is no node `d`',
    ]) {
      expect(sound.err).toContain(said);
    }
    writeFileSync(join(folder, 'late.yaml'), text('nodes.csv.gz').replace('  - { at: 1s, node: d, is: down }\n', ''));
    const late = await allot(['check', join(folder, 'late.yaml')]);
    expect(late.err).toContain('late.yaml:6:13: events.0.file: events.csv:3: there is no node `c`');
    writeFileSync(join(folder, 'unsound.yaml'), text('bad.csv'));
    const unsound = await allot(['check', join(folder, 'unsound.yaml')]);
    expect(unsound.err).toContain('unsound.yaml:2:28: cluster.nodes.0.file: bad.csv:3: `cpus` must be an amount');
  });

  it('can be given to a replay', async () => {
    const args = ['replay', join(ROOT, 'traces/gpu-pods.csv'), '--cluster', join(ROOT, 'traces/gpu-nodes.csv')];
    const result = await allotJson<RunResult>(args);
    expect(result.jobs).toMatchObject({ submitted: 900, completed: 900 });
    expect(result.workload[0]).toMatchObject({ format: 'alibaba-gpu2023', read: 900 });
    const twice = await allot([...args, '--nodes', '4xcpus:4']);
    expect(twice.code).toBe(2);
    expect(twice.err).toContain('--nodes and --cluster say two things');
  });
});
