import { describe, expect, it } from 'vitest';
import { runConformance } from '../../src/conformance/run-conformance.ts';
import { caseFiles, caseTests } from '../support/conformance-suite.ts';

const files = caseFiles((base) => base === 'queueing');

describe('queues, to 5 % of each analytic value', async () => {
  await caseTests(files);
});

const { ALLOT_FULL } = process.env;

describe.runIf(ALLOT_FULL === '1')('queues, to 2 % of each analytic value', async () => {
  if (ALLOT_FULL === '1') await caseTests(files, true);
});

describe('a case of queueing theory', () => {
  /** M/D/1, whose mean wait is 2 s at a load of 0.8, with other parameters or values. */
  async function outcomeOf({ id = 'md1-0.8', params = {}, values = { Wq: 2 } as Record<string, unknown> } = {}) {
    const one = { id, params: { lam: 0.8, ES: 1, ES2: 1, dist: 'deterministic 1', ...params }, values };
    const [outcome] = await runConformance([{ name: 'queueing.json', text: JSON.stringify({ cases: [one] }) }]);
    return outcome!;
  }

  it('passes with the value of the formula', async () => {
    expect(await outcomeOf()).toMatchObject({ status: 'passed', detail: 'Wq' });
  });

  it('fails with a value that is off by a tenth', async () => {
    const { status, detail } = await outcomeOf({ values: { Wq: 2.2 } });
    expect(status).toBe('failed');
    expect(detail).toMatch(/^Wq: got .* expected 2\.2$/);
  });

  it('fails with a value of no size at all', async () => {
    expect(await outcomeOf({ values: { Wq: 0 } })).toMatchObject({ status: 'failed' });
    expect(await outcomeOf({ values: { Wq: 1e-9 } })).toMatchObject({ status: 'failed' });
    expect(await outcomeOf({ values: { Wq: 'two' } })).toMatchObject({ status: 'failed' });
  });

  it('fails with a value whose name it does not know', async () => {
    const { detail } = await outcomeOf({ values: { Wp: 2 } });
    expect(detail).toContain('Wp is no quantity that is known');
  });

  it('fails with a parameter that it does not know', async () => {
    const { detail } = await outcomeOf({ params: { servers: 2 } });
    expect(detail).toContain('params.servers');
  });

  it('fails with moments that are not those of the law', async () => {
    const { detail } = await outcomeOf({ params: { ES2: 1.5 } });
    expect(detail).toContain('params.ES2: got 1, expected 1.5');
  });

  it('fails at once with a load that no steady state can bear', async () => {
    const { detail } = await outcomeOf({ params: { lam: 1.25 } });
    expect(detail).toBe('a load of 1.25 on 1 servers has no steady state');
  });

  it('fails with a rate, a law or a model that it does not know', async () => {
    expect(await outcomeOf({ params: { lam: -1 } })).toMatchObject({ status: 'failed' });
    expect(await outcomeOf({ params: { dist: 'cauchy' } })).toMatchObject({ status: 'failed' });
    expect(await outcomeOf({ id: 'mx1-0.8' })).toMatchObject({ status: 'failed' });
  });
});
