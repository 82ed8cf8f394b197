import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../test/support/run-cli.ts';

/** Builds the package if the command line in `dist/` is older than a source. */
export function buildWhereStale(): void {
  const program = join(ROOT, 'dist/bin/allot.js');
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const built = existsSync(program) ? statSync(program).mtimeMs : 0;
  if (sources.every((file) => statSync(join(ROOT, 'src', file)).mtimeMs <= built)) return;
  const { status } = spawnSync(process.execPath, ['build.mjs'], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error('the package does not build');
}
