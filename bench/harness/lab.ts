import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { realTraces } from '../../test/support/real-traces.ts';
import { ROOT } from '../../test/support/run-cli.ts';
import { type Lab, NotHere, type Side } from './contest.ts';
import { compilerVersion } from './machine.ts';
import { runPart, runProcess } from './processes.ts';

/** Opens a folder for one run of the benchmarks, with a copy of the built command line that no later build touches. */
export function openLab(options: { quick: boolean }): Lab & { close(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'allot-bench-'));
  const built = join(ROOT, 'dist/bin');
  const copy = join(folder, 'dist/bin');
  const native = compilerVersion() !== null;
  const twins = new Map<string, string>();
  return {
    quick: options.quick,
    folder,
    allot(words) {
      if (!existsSync(copy)) {
        if (!existsSync(built)) throw new NotHere('the package is not built: npm run build');
        cpSync(built, copy, { recursive: true });
        writeFileSync(join(folder, 'package.json'), readFileSync(join(ROOT, 'package.json')));
        // Packages that the bundle leaves outside are found upwards from it.
        symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
      }
      return runProcess(process.execPath, [join(copy, 'allot.js'), ...words]);
    },
    node: (words) => runProcess(process.execPath, words),
    part: (file, words) =>
      runPart(process.execPath, ['--import', 'tsx', join(ROOT, 'bench', file), ...words.map(String)]),
    twin(name, words, kind): Side[] {
      if (!native) return [];
      if (!twins.has(name)) twins.set(name, compile(name, folder));
      const program = twins.get(name)!;
      const run = async () => {
        if (kind === 'part') return runPart(program, words.map(String));
        const sample = await runProcess(program, words.map(String));
        const { wait_mean: wait, bounded_slowdown_mean: slowdown, makespan } = JSON.parse(sample.out);
        return { ...sample, answer: { wait, slowdown, makespan } };
      };
      return [{ name: 'twin', run }];
    },
    trace(name) {
      const file = realTraces === null ? '' : join(realTraces, `${name}.gz`);
      if (!existsSync(file)) throw new NotHere('no real traces (see ALLOT_TRACES)');
      const plain = join(folder, 'traces', name);
      if (!existsSync(plain)) {
        mkdirSync(join(plain, '..'), { recursive: true });
        writeFileSync(plain, gunzipSync(readFileSync(file)));
      }
      return plain;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function compile(name: string, folder: string): string {
  const program = join(folder, name);
  const source = join(ROOT, 'bench/native', `${name}.cpp`);
  const { status, stderr } = spawnSync('g++', ['-O3', '-march=native', '-std=c++17', '-o', program, source], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`g++ cannot compile ${source}: ${stderr}`);
  return program;
}
