import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lpPicture } from '../../support/lp-picture.ts';
import { ROOT } from '../../support/run-cli.ts';

const FILE = join(ROOT, 'docs/allocators/lp-example.svg');

it('the picture of the LP-weighted example is the one that is drawn', () => {
  if (process.env['GOLDEN'] === 'write') writeFileSync(FILE, lpPicture());
  expect(readFileSync(FILE, 'utf8')).toBe(lpPicture());
});
