import { realTraces } from '../../test/support/real-traces.ts';
import { indexedTraces } from '../../test/unit/workload/readers/indexed-traces.ts';
import { type Bench, type Contest, type Lab, NotHere } from '../harness/contest.ts';
import { ours } from '../harness/figures.ts';

/** From bytes to jobs, for one real file of each trace format that is a table or a document of JSON. */
export const readingFormats: Bench = {
  name: 'reading-formats',
  contests(lab) {
    if (realTraces === null) throw new NotHere('no real traces (see ALLOT_TRACES)');
    const families = new Map<string, string>();
    for (const { file } of indexedTraces) {
      const family = file.slice(0, file.indexOf('/'));
      if (!families.has(family) && /\.(csv|tsv|txt|json)(\.gz)?$/.test(file)) families.set(family, file);
    }
    return [...families.values()].map((file) => contest(lab, file));
  },
};

function contest(lab: Lab, file: string): Contest {
  const isDocument = file.includes('.json');
  return {
    name: 'reading-formats',
    sides: [
      ours(() => lab.part('reading-formats.ts', ['ours', file])),
      { name: 'parser', run: () => lab.part('reading-formats.ts', ['parser', file]) },
    ],
    figures: [
      {
        label: file,
        unit: `of ${isDocument ? 'JSON.parse' : 'csv-parse'}'s speed`,
        needs: ['ours', 'parser'],
        better: 'more',
        of: ({ ours, parser }) => parser!.cpu / ours!.cpu,
        ...(!isDocument && { must: 0.4 }),
      },
    ],
  };
}
