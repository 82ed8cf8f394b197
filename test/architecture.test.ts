import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../src');

/** What each room may import beside itself; type imports count. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  base: [],
  kernel: ['base'],
  cluster: ['base'],
  workload: ['base'],
  platform: ['base'],
  optimization: ['base'],
  fairness: ['base', 'optimization'],
  allocators: ['base', 'cluster', 'fairness', 'optimization'],
  simulation: ['base', 'kernel', 'cluster', 'workload', 'allocators'],
  metrics: ['base', 'cluster', 'simulation', 'fairness', 'optimization'],
  report: ['base', 'metrics'],
  trace: ['base', 'workload', 'metrics', 'report'],
  scenario: [
    'base',
    'kernel',
    'cluster',
    'workload',
    'optimization',
    'fairness',
    'allocators',
    'simulation',
    'metrics',
    'report',
  ],
  experiment: ['base', 'scenario', 'metrics', 'report'],
  conformance: [
    'base',
    'cluster',
    'workload',
    'optimization',
    'fairness',
    'allocators',
    'simulation',
    'metrics',
    'scenario',
  ],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const sources = new Map(files.map((file) => [file, readFileSync(join(SRC, file), 'utf8')]));

function importsOf(file: string): string[] {
  const text = sources.get(file)!;
  return [...text.matchAll(/(?:\bfrom\s+|import\s*\(?\s*)'([^']+)'/g)].map((match) => match[1]!);
}

const inner: Import[] = files.flatMap((from) =>
  importsOf(from)
    .filter((to) => to.startsWith('.'))
    .map((to) => ({ from, to: relative(SRC, normalize(join(SRC, dirname(from), to))) })),
);

function roomOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : '(entry)';
}

describe('the house', () => {
  it('lets a room import only the rooms it may', () => {
    const broken = inner.filter(({ from, to }) => {
      const [room, other] = [roomOf(from), roomOf(to)];
      if (room === other || room === 'cli' || room === '(entry)') return false;
      return !(ALLOWED[room] ?? []).includes(other);
    });
    expect(broken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('names every room in the table of allowed imports', () => {
    const rooms = new Set(files.map(roomOf));
    rooms.delete('cli');
    rooms.delete('(entry)');
    expect([...rooms].sort()).toEqual(Object.keys(ALLOWED).sort());
  });

  it('has no circle, type imports included', () => {
    expect(findCircle(inner)).toEqual([]);
  });

  it('finds a circle where there is one', () => {
    const circle = [
      { from: 'a.ts', to: 'b.ts' },
      { from: 'b.ts', to: 'c.ts' },
      { from: 'c.ts', to: 'a.ts' },
    ];
    expect(findCircle(circle)).toEqual(['a.ts', 'b.ts', 'c.ts', 'a.ts']);
  });

  it('imports no entry point from inside', () => {
    expect(inner.filter(({ to }) => !to.includes('/')).filter(({ from }) => from.includes('/'))).toEqual([]);
  });

  it('imports Node built-ins in platform and cli alone', () => {
    const using = files.filter((file) => importsOf(file).some((name) => name.startsWith('node:')));
    expect(using.filter((file) => !['platform', 'cli'].includes(roomOf(file)))).toEqual([]);
  });

  it('imports only files that exist', () => {
    expect(inner.filter(({ to }) => !sources.has(to)).map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });
});

/** Gives the files of a circle, the first again at the end; empty when there is none. */
function findCircle(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): string[] => {
    const seen = trail.indexOf(file);
    if (seen >= 0) return [...trail.slice(seen), file];
    if (done.has(file)) return [];
    for (const other of next.get(file) ?? []) {
      const circle = visit(other, [...trail, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of next.keys()) {
    const circle = visit(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}
