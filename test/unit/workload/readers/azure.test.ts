import { describe, expect, it } from 'vitest';
import { resource } from '../../../../src/base/amounts.ts';
import { readTrace } from './read-trace.ts';

const world = { resources: [resource('cpus'), resource('mem')] };
const machine = (times: string, sizes: string) => `vm1,sub1,dep1,${times},50,2.5,9,Interactive,${sizes}\n`;
const azure = (rows: string, options = {}) => readTrace(rows, { format: 'azure', ...options }, world);

describe('an Azure table of virtual machines', () => {
  it('has machines that demand their cores and GiB from creation to end', async () => {
    const { jobs } = await azure(machine('300,900', '2,3.5'));
    expect(jobs).toEqual([
      {
        name: 'vm1',
        framework: 'sub1',
        submit: 300,
        estimate: null,
        priority: 0,
        flags: 0,
        run: [600],
        demand: [[2_000, 3_584_000]],
      },
    ]);
  });

  it('takes open buckets for 30 cores and 70 GiB, or what the options say', async () => {
    const row = machine('0,900', '>24,>64');
    const [usual, own] = [await azure(row), await azure(row, { own: { 'open-cores': 32, 'open-memory': 10 } })];
    expect(usual.jobs[0]!.demand).toEqual([[30_000, 70 * 1_024 * 1_000]]);
    // 10 GiB would be less than the bucket says.
    expect(own.jobs[0]!.demand).toEqual([[32_000, 65 * 1_024 * 1_000]]);
    expect(own.account.notes['open bucket, taken as the options say']).toBe(1);
    expect(own.account.rules).toMatchObject({ 'open-cores': 32, 'open-memory': 10 });
  });

  it('notes machines of which the trace sees a part only', async () => {
    const { account } = await azure(
      machine('0,900', '1,1') + machine('300,2591700', '1,1') + machine('0,2591700', '1,1'),
    );
    expect(account.notes).toMatchObject({
      'ran before the trace, for how long is not known': 2,
      'ran to the last reading of the trace or longer': 2,
    });
  });

  it('may have a header, and frameworks by deployment or category', async () => {
    const header =
      'vmid,subscriptionid,deploymentid,vmcreated,vmdeleted,maxcpu,avgcpu,p95maxcpu,vmcategory,vmcorecountbucket,vmmemorybucket\n';
    const row = machine('300,900', '2,3.5');
    expect((await azure(header + row, { frameworkBy: 'group' })).jobs[0]!.framework).toBe('dep1');
    expect((await azure(row, { frameworkBy: 'queue' })).jobs[0]!.framework).toBe('Interactive');
  });

  it('gives the reason for each machine that it leaves out', async () => {
    const { account } = await azure(
      machine('300,300', '1,1') + machine('900,300', '1,1') + machine('300,', '1,1') + machine('300,600', 'big,1'),
    );
    expect(account.skipped).toEqual({
      'zero run time': 1,
      'unknown run time': 1,
      'missing: vmdeleted': 1,
      'not a number: vmcorecountbucket': 1,
    });
  });

  it('has machines that cannot be split', async () => {
    await expect(azure(machine('0,9', '1,1'), { as: 'gang' })).rejects.toThrow(
      'the format azure can be pool, not gang',
    );
  });
});
