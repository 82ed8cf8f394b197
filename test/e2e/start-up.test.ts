import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/run-cli.ts';

const BIN = join(ROOT, 'dist/bin');

/** Gives the files of the bundle that are loaded before a command begins, with their text. */
function loadedAtStart(file = 'allot.js', seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(file)) return seen;
  const text = readFileSync(join(BIN, file), 'utf8');
  seen.set(file, text);
  for (const [, other] of text.matchAll(
    /(?:^|[;\s}])(?:import|export)\s*(?:[^;'"()]*?\bfrom\s*)?["']\.\/([^"']+)["']/g,
  )) {
    loadedAtStart(other!, seen);
  }
  return seen;
}

/** Help must not wait for what only a run needs; time is too fickle to be held by a test, what is loaded is not. */
describe('the start of the command line', () => {
  it('reads less than 200 kB', () => {
    const bytes = [...loadedAtStart().values()].reduce((sum, text) => sum + text.length, 0);
    expect(bytes).toBeLessThan(200_000);
  });

  it('leaves the engine, the schema, YAML and tables to the commands that need them', () => {
    const text = [...loadedAtStart().values()].join('\n');
    expect(text).toContain('Discrete-event cluster scheduling simulator');
    for (const late of ['EventQueue', 'invalid_union', 'BLOCK_FOLDED', 'Intl.Segmenter', 'colAligns']) {
      expect(text).not.toContain(late);
    }
  });
});
