import { describe, expect, it } from 'vitest';
import { readDocument } from '../support/markdown.ts';
import { realTraces } from '../support/real-traces.ts';
import { realWorkflows, simulatedMakespan, workflowRow } from '../support/real-workflows.ts';

const workflows = realTraces === null ? [] : realWorkflows();
const page = readDocument('docs/validation.md').text.split('\n');

describe.skipIf(realTraces === null)('a real workflow', () => {
  it.each(workflows)('$name ends after its critical path where there is room for all of it', async (workflow) => {
    const wide = await simulatedMakespan(workflow, [workflow.tasks]);
    expect(Math.round(wide * 1e6)).toBe(Math.round(workflow.criticalPath * 1e6));
  });

  it.each(workflows)('$name takes as long on its machines as docs/validation.md says', async (workflow) => {
    const row = workflowRow(workflow, await simulatedMakespan(workflow, workflow.machines));
    expect(page).toContain(row);
  });
});
