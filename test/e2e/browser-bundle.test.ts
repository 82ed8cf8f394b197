import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { sha256 } from '../../src/platform/sha256.ts';
import { ROOT } from '../support/run-cli.ts';
import { runText } from '../support/run-in-process.ts';

/** Bundles a program for a browser and gives what it leaves in `answer`; the world has only what a page has. */
async function runInPage(program: string, world: Record<string, unknown>): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    logLevel: 'silent',
    // The solver is a module of its own that a page serves beside its WebAssembly.
    external: ['highs'],
  });
  const context = vm.createContext({ ...world, TextEncoder, TextDecoder, URL });
  vm.runInContext(outputFiles[0]!.text, context);
  return await (context['answer'] as Promise<unknown>);
}

it('the engine runs in a page, without Node, and gives the digest that it gives here', async () => {
  const scenario = readFileSync(join(ROOT, 'scenarios/drf-paper.yaml'), 'utf8');
  const program = `
    import { loadScenario, runScenario } from './src/engine.ts';
    const services = {
      openTrace() { throw new Error('no files here'); },
      traceProblem: () => 'no files here',
      sha256: openHash,
      clock: () => 0,
      peakMemory: () => null,
    };
    const { scenario } = loadScenario(text, 'page', services);
    globalThis.answer = runScenario(scenario, services).then(({ result }) => result.digest);
  `;
  const digest = await runInPage(program, { text: scenario, openHash: sha256 });
  expect(digest).toBe((await runText(scenario)).digest);
});
