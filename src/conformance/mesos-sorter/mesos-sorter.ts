import { type CaseForm, openCases } from '../case-form.ts';
import { positionProbabilities } from './position-probabilities.ts';
import { roleTreeSteps } from './role-tree-steps.ts';
import { sorterSteps } from './sorter-steps.ts';

/** What the sorters of Mesos and its role tree do, step by step. */
export const mesosSorter: CaseForm = {
  base: 'mesos-sorter',
  open(document) {
    document.prose('meta', 'benchmarkParameters', 'benchmarks', 'semantics');
    const list = (key: string, check: Parameters<typeof openCases>[2]) =>
      document.has(key) ? openCases(document, key, check) : [];
    return [
      ...list('cases', (one, verdict) => {
        one.prose('sourceTest', 'description', 'tags', 'notes', 'note', 'derived');
        sorterSteps(one, verdict);
      }),
      ...list('randomCases', (one, verdict) => {
        one.prose('sourceTest', 'description', 'tags', 'notes', 'note', 'derived');
        positionProbabilities(one, verdict);
      }),
      ...list('roleTreeCases', (one, verdict) => {
        one.prose('sourceTest', 'description', 'tags', 'notes', 'note', 'derived');
        roleTreeSteps(one, verdict);
      }),
    ];
  },
};
