import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { batch64, gpuEventsCsv, gpuNodesCsv, gpuPodsCsv, serviceCsv } from '../../traces/make-traces.ts';

const TRACES = join(import.meta.dirname, '../../traces');

it('the traces in the project are what its generator makes', () => {
  expect(gunzipSync(readFileSync(join(TRACES, 'batch-64.swf.gz'))).toString()).toBe(batch64());
  expect(readFileSync(join(TRACES, 'service.csv'), 'utf8')).toBe(serviceCsv());
  expect(readFileSync(join(TRACES, 'gpu-nodes.csv'), 'utf8')).toBe(gpuNodesCsv());
  expect(readFileSync(join(TRACES, 'gpu-events.csv'), 'utf8')).toBe(gpuEventsCsv());
  expect(readFileSync(join(TRACES, 'gpu-pods.csv'), 'utf8')).toBe(gpuPodsCsv());
});
