import { type CaseForm, type OpenCase, openCase, openCases, type SuiteOptions } from '../case-form.ts';
import { CaseError, Fields } from '../fields.ts';
import { readNodes, readPods } from '../openb/read-openb.ts';
import { listFacts } from './list-facts.ts';
import { listFigures } from './list-figures.ts';
import { readTypicalPods } from './typical-pods.ts';
import { unitCase } from './unit-cases.ts';

/** Fragments of idle GPUs: figures of single nodes, and of whole lists of pods under published policies. */
export const fgdFrag: CaseForm = {
  base: 'fgd-frag',
  open(document, options) {
    // Words, and what other programs printed of single runs.
    document.prose('formulas', 'workload_procedure', 'trace_columns', 'readme_sample', 'our_replica');
    const sets = document.has('typical_pod_sets') ? document.fields('typical_pod_sets') : null;
    const pods = (name: string) => {
      if (sets === null || !sets.keys.includes(name))
        throw new CaseError(`there is no set of typical pods \`${name}\``);
      return readTypicalPods(sets.items(name));
    };
    sets?.prose(...sets.keys);
    return [
      ...(document.has('unit_cases')
        ? openCases(document, 'unit_cases', (one, verdict) => unitCase(one, verdict, pods))
        : []),
      ...factCases(document, options),
      ...figureCases(document, options),
    ];
  },
};

function factCases(document: Fields, { traces }: SuiteOptions): OpenCase[] {
  if (!document.has('default_trace_facts')) return [];
  const raw = document.raw('default_trace_facts') as OpenCase['raw'];
  const one = new Fields(raw, '');
  const check: Parameters<typeof openCase>[3] = async (one, verdict) => {
    listFacts(one, verdict, await readPods('default', traces));
  };
  return [openCase('default-trace-facts', raw, one, check)];
}

function figureCases(document: Fields, { traces, long }: SuiteOptions): OpenCase[] {
  if (!document.has('expected')) return [];
  const expected = document.fields('expected');
  expected.prose('note');
  const lists = expected.fields('per_trace');
  return lists.keys.map((list) => {
    const raw = lists.raw(list) as OpenCase['raw'];
    return openCase(`expected-${list}`, raw, new Fields(raw, ''), async (one, verdict) => {
      const [nodes, pods] = [await readNodes(traces), await readPods(list, traces)];
      if (long) return listFigures(one, verdict, nodes, pods);
      one.prose(...one.keys);
      verdict.skip('sixty runs of a cluster of 1,213 nodes: with --long');
    });
  });
}
