import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../support/run-cli.ts';

it('every reason for a wait has a row in docs/explaining.md, and no row is of another', () => {
  const source = readFileSync(join(ROOT, 'src/allocators/waiting-reason.ts'), 'utf8');
  const kinds = [...source.matchAll(/readonly kind: '([a-z-]+)'/g)].map(([, kind]) => kind!);
  const table = readFileSync(join(ROOT, 'docs/explaining.md'), 'utf8').match(/^\| `kind` [\s\S]*?\n\n/m)![0];
  const rows = table.split('\n').map((line) => line.split('|')[1] ?? '');
  const told = rows.slice(2).flatMap((cell) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, kind]) => kind!));
  expect(told.sort()).toEqual(kinds.sort());
});
