import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { traceReaders } from '../../../src/workload/readers/registry.ts';
import { readDocument, section, tableRows } from '../../support/markdown.ts';
import { ROOT } from '../../support/run-cli.ts';

describe('the table of trace formats', () => {
  const rows = tableRows(section(readDocument('docs/formats/README.md'), '## Traces'));
  const pages = new Map(
    rows.map(([cell]) => /^\[`([\w-]+)`\]\(([\w-]+\.md)\)$/.exec(cell!)!.slice(1) as [string, string]),
  );

  it('has every format', () => {
    expect([...pages.keys()].sort()).toEqual(traceReaders.map(({ name }) => name).sort());
  });

  it.each([...pages])('leads from %s to a page that speaks of it', (format, page) => {
    expect(existsSync(join(ROOT, 'docs/formats', page))).toBe(true);
    expect(readDocument(`docs/formats/${page}`).text).toMatch(new RegExp(`\\b${format}\\b`));
  });
});
