import { describe } from 'vitest';
import { caseFiles, caseTests } from '../support/conformance-suite.ts';

const files = caseFiles((base) => base === 'published' || base === 'swf-reference');

describe('figures and schedules of real logs', async () => {
  await caseTests(files);
});
