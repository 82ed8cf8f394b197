// Runs what a change must pass: formatting and lint, types, then every test; the last line counts the tests.
// `--full` adds the long suites. With further arguments only those test files run.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const full = process.argv.includes('--full');
const files = process.argv.slice(2).filter((argument) => argument !== '--full');
const folder = mkdtempSync(join(tmpdir(), 'allot-test-'));
const results = join(folder, 'results.json');
const env = { ...process.env, ...(full && { ALLOT_FULL: '1' }) };
const bin = (name) => join('node_modules', '.bin', name);

/** Says whether a source is newer than the program that end-to-end tests run. */
function isStale() {
  if (!existsSync('dist/bin/allot.js')) return true;
  const built = statSync('dist/bin/allot.js').mtimeMs;
  const sources = readdirSync('src', { recursive: true }).map((file) => join('src', file));
  return sources.some((file) => statSync(file).mtimeMs > built);
}

let broken = 0;
function step(name, command, args) {
  console.log(`\n${name}: ${command} ${args.join(' ')}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', env });
  if (status === 0) return;
  broken++;
  console.log(`${name} failed (exit ${status})`);
}

if (isStale()) step('build', process.execPath, ['build.mjs']);
if (files.length === 0) {
  step('format and lint', bin('biome'), ['check', '.']);
  step('types', bin('tsc'), ['--noEmit']);
}
step('tests', bin('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...files,
]);

let passed = 0;
let failed = broken;
let skipped = 0;
if (existsSync(results)) {
  const report = JSON.parse(readFileSync(results, 'utf8'));
  passed = report.numPassedTests;
  skipped = report.numPendingTests + report.numTodoTests;
  failed = Math.max(
    broken,
    report.numFailedTests +
      (report.testResults ?? []).filter((f) => f.status === 'failed' && f.assertionResults.length === 0).length,
  );
}
rmSync(folder, { recursive: true, force: true });
if (passed === 0) failed = Math.max(1, failed);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
