import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allot, ROOT } from '../support/run-cli.ts';

const BIN = join(ROOT, 'dist/bin');

/** What a process says of the functions it has called. */
interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly count: number }[];
    }[];
  }[];
}

let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'allot-start-up-'));
});
afterAll(() => rmSync(place, { recursive: true }));

/** Gives the modules that a command evaluates on demand: the bundle wraps each in a function that has its path for a name. */
async function evaluatedBy(...words: string[]): Promise<string[]> {
  const folder = mkdtempSync(join(place, 'run-'));
  const { code, err } = await allot(words, { env: { NODE_V8_COVERAGE: folder } });
  expect(err).toBe('');
  expect(code).toBe(0);
  const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Coverage);
  const calls = reports.flatMap(({ result }) => result.filter(({ url }) => url.endsWith('command-line.js')));
  return calls
    .flatMap(({ functions }) => functions)
    .filter(({ functionName, ranges }) => /\.[cm]?[jt]s$/.test(functionName) && ranges[0]!.count > 0)
    .map(({ functionName }) => functionName);
}

/** Gives those of the names that some module's path contains. */
function foundAmong(modules: readonly string[], names: readonly string[]): string[] {
  return names.filter((name) => modules.some((path) => path.includes(name)));
}

/** Time is too fickle to be held by a test; what is evaluated is not. */
describe('the start of the command line', () => {
  it('evaluates for help neither the engine nor the schema nor YAML nor tables', async () => {
    const modules = await evaluatedBy('--help');
    expect(foundAmong(modules, ['src/base/errors.ts'])).toHaveLength(1);
    const late = ['src/kernel/', 'src/simulation/', 'src/scenario/', '/zod/', '/yaml/', 'cli-table3'];
    expect(foundAmong(modules, late)).toEqual([]);
  });

  it('evaluates for a small scenario no more than that scenario needs', async () => {
    const modules = await evaluatedBy('run', 'scenarios/drf-paper.yaml');
    expect(foundAmong(modules, ['src/kernel/kernel.ts', 'src/allocators/drf.ts', '/zod/'])).toHaveLength(3);
    const late = [
      'mesos/master',
      'mesos/hierarchical-allocator',
      'lp-weighted-allocator',
      'gavel-allocator',
      'external-allocator',
      'readers/registry',
      'readers/swf',
      'csv-parse',
      'hyparquet',
      'src/conformance/',
      'src/experiment/statistics/',
      'src/experiment/diff/',
      'src/report/figures/',
    ];
    expect(foundAmong(modules, late)).toEqual([]);
  });

  it('evaluates for a log no allocator with a house of its own and nothing that reads other files than text', async () => {
    const modules = await evaluatedBy('replay', 'traces/batch-64.swf.gz', '--allocator', 'easy');
    expect(foundAmong(modules, ['readers/swf.ts', 'src/allocators/easy.ts'])).toHaveLength(2);
    expect(foundAmong(modules, ['mesos/master', 'gavel-allocator', 'csv-parse', 'node_modules/hyparquet'])).toEqual([]);
  });

  it('finds the bytecode that the build has kept, and V8 takes it', () => {
    const { compile, keptBytecode } = createRequire(import.meta.url)(join(BIN, 'load-compiled.cjs')) as {
      compile(bytecode: Buffer | undefined): Script;
      keptBytecode(): Buffer | undefined;
    };
    const kept = keptBytecode();
    expect(kept).toBeDefined();
    expect(compile(kept).cachedDataRejected).toBe(false);
  });

  it('reads a bundle of nothing but ASCII', () => {
    expect(readFileSync(join(BIN, 'command-line.js')).every((byte) => byte < 0x80)).toBe(true);
  });
});
