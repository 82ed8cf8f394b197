import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { SweepResult } from '../../src/experiment/sweep-result.ts';
import { fences, readDocument } from '../support/markdown.ts';
import { allotJson, ROOT } from '../support/run-cli.ts';

const GUIDE = 'docs/sweeping.md';
const hasParallel = /GNU parallel/.test(spawnSync('parallel', ['--version'], { encoding: 'utf8' }).stdout ?? '');
const why = hasParallel ? '' : ' (skipped: GNU parallel is not installed here)';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allot-recipes-'));
  write('bin/allot', `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'dist/bin/allot.js')}' "$@"\n`);
  write('bin/srun', '#!/bin/sh\nexec "$@"\n');
  write(
    's.yaml',
    `version: 1
name: small
cluster: { nodes: [{ name: n, count: 2, capacity: { cpus: 4 } }] }
workload:
  - generate: { model: poisson, framework: a, rate: 1/s, jobs: 20, demand: { cpus: 3 }, duration: { exponential: { mean: 1.6s } } }
allocators: [fifo]
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

/** The text that stands under a heading of the guide. */
function recipe(heading: string): string {
  const guide = readDocument(GUIDE);
  const above = guide.text.slice(0, guide.text.indexOf(`## ${heading}`)).split('\n').length;
  const block = fences(guide).find(({ language, line }) => language === 'text' && line > above);
  if (block === undefined) throw new Error(`no recipe under ${heading}`);
  return block.text;
}

/** Carries out a command in a folder of its own. */
function carryOut(words: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const path = `${join(folder, 'bin')}${delimiter}${process.env['PATH']}`;
  const child = spawn(words[0]!, words.slice(1), { cwd, env: { ...process.env, ...env, PATH: path } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`ended with ${code}: ${said}`))));
  });
}

function place(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  spawnSync('cp', [join(folder, 's.yaml'), path]);
  return path;
}

async function digestOf(seeds: string): Promise<string | null> {
  const words = ['sweep', join(folder, 's.yaml'), '--seeds', seeds, '--out', join(folder, `whole-${seeds}`)];
  return (await allotJson<SweepResult>(words)).digest;
}

const merged = async (results: string) => (await allotJson<SweepResult>(['merge', results])).digest;

describe(`the recipes of ${GUIDE}`, { timeout: 180_000 }, () => {
  it.skipIf(!hasParallel)(`divide a sweep by GNU parallel${why}`, async () => {
    const cwd = place('parallel');
    await carryOut(['bash', '-euo', 'pipefail', '-c', recipe('GNU parallel')], cwd);
    expect(await merged(join(cwd, 'results'))).toBe(await digestOf('1..30'));
  });

  it('divide a sweep by an array of Slurm', async () => {
    const cwd = place('slurm');
    const script = recipe('Slurm');
    write('slurm/job.sh', script);
    const last = Number(/^#SBATCH --array=1-(\d+)$/m.exec(script)![1]);
    const cpus = /^#SBATCH --cpus-per-task=(\d+)$/m.exec(script)![1]!;
    for (let i = 1; i <= last; i++) {
      await carryOut([join(cwd, 'job.sh')], cwd, {
        ...{ SLURM_ARRAY_TASK_ID: `${i}`, SLURM_ARRAY_TASK_COUNT: `${last}`, SLURM_CPUS_PER_TASK: cpus },
      });
    }
    expect(await merged(join(cwd, 'results'))).toBe(await digestOf('1..100'));
  });

  it('divide a sweep by an indexed job of Kubernetes', async () => {
    const cwd = place('kubernetes');
    const { spec, ...head } = parse(recipe('Kubernetes')) as KubernetesJob;
    expect(head).toEqual({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'sweep' } });
    expect(spec.completionMode).toBe('Indexed');
    expect(spec.parallelism).toBeLessThanOrEqual(spec.completions);
    const { containers, volumes, restartPolicy } = spec.template.spec;
    // A job takes no other.
    expect(['OnFailure', 'Never']).toContain(restartPolicy);
    const [container] = containers;
    // Whatever the command reads and writes comes from outside and stays.
    expect(container!.volumeMounts.map(({ mountPath }) => mountPath)).toEqual(['/in', '/out']);
    expect(container!.volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
    expect(container!.command.at(-1)).toContain(`/${spec.completions} `);
    const mounted = container!.command.map((word) =>
      word.replaceAll('/in/', `${cwd}/`).replaceAll('/out', join(cwd, 'out')),
    );
    for (let index = 0; index < spec.completions; index++) {
      await carryOut(mounted, cwd, { JOB_COMPLETION_INDEX: `${index}` });
    }
    expect(await merged(join(cwd, 'out'))).toBe(await digestOf('1..100'));
  });
});

/** A container as far as the recipe has one. */
interface Container {
  readonly command: readonly string[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

interface KubernetesJob {
  readonly spec: {
    readonly completions: number;
    readonly parallelism: number;
    readonly completionMode: string;
    readonly template: {
      readonly spec: {
        readonly restartPolicy: string;
        readonly containers: readonly Container[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}
