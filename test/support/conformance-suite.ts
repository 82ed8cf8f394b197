import { expect, it } from 'vitest';
import { readCaseFiles, shippedCases } from '../../src/cli/case-files.ts';
import { openTraceFolder } from '../../src/cli/trace-folder.ts';
import { baseNameOf } from '../../src/conformance/forms.ts';
import { type CaseFile, runConformance } from '../../src/conformance/run-conformance.ts';
import { noTraces } from '../../src/conformance/trace-folder.ts';
import { realTraces } from './real-traces.ts';

/** Case files of the project and of the folder that CONFORMANCE_CASES names. */
export function caseFiles(chosen: (base: string | null) => boolean): CaseFile[] {
  const { CONFORMANCE_CASES: further } = process.env;
  const files = readCaseFiles([shippedCases(), ...(further ? [further] : [])]);
  return files.filter(({ name }) => chosen(baseNameOf(name)));
}

/** Makes one test a case; what is declined, or lacks its log, is skipped with the reason in the test's name. */
export async function caseTests(files: readonly CaseFile[], long = false): Promise<void> {
  const traces = realTraces === null ? noTraces : openTraceFolder(realTraces);
  for (const { file, id, status, detail } of await runConformance(files, { long, traces })) {
    if (status === 'declined' || status === 'skipped') it.skip(`${file}/${id} (${status}: ${detail})`);
    else it(`${file}/${id}`, () => expect(status, detail).toBe('passed'));
  }
}
