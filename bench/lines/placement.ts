import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Contest, Figure, Lab, Sample } from '../harness/contest.ts';
import { ours, speedOfTwin } from '../harness/figures.ts';
import { drawHistory, encodeHistory, type SettingName } from '../harness/placement-history.ts';

const WARM = 5_000;

/** Gives the file of a history, written at the first call. */
export function historyFile(lab: Lab, nodes: number, searches: number, setting: SettingName = 'few'): string {
  const file = join(lab.folder, `placement-${nodes}-${searches}-${setting}`);
  if (!existsSync(file)) writeFileSync(file, encodeHistory(drawHistory(nodes, searches, WARM, setting)));
  return file;
}

interface Plan {
  readonly placement: string;
  readonly setting: SettingName;
  readonly label: string;
  readonly twin: boolean;
}

const PLANS: readonly Plan[] = [
  ...['first-fit', 'best-fit', 'worst-fit'].map((name) => plan(name, 'few', name, true)),
  ...['round-robin', 'random-fit'].map((name) => plan(name, 'few', name)),
  plan('best-fit', 'many', 'best-fit, no two demands alike'),
  plan('best-fit', 'shares', 'best-fit, shares of devices'),
  plan('best-fit', 'uneven', 'best-fit, twenty kinds of nodes'),
];

function plan(placement: string, setting: SettingName, label: string, twin = false): Plan {
  return { placement, setting, label, twin };
}

/** Full cluster, three resources, exact: the index against a linear scan in the same program and against a C++ grid. */
export const placement: Bench = {
  name: 'placement',
  contests(lab) {
    const searches = lab.quick ? 10_000 : 200_000;
    const scanned = lab.quick ? 2_000 : 10_000;
    return PLANS.map(({ placement, setting, label, twin }): Contest => {
      const file = historyFile(lab, 10_000, searches, setting);
      const words = (kind: string, count: number) => [file, kind, placement, count, scanned, setting];
      return {
        name: 'placement',
        sides: [
          ours(() => lab.part('placement.ts', words('index', searches))),
          { name: 'scan', run: () => lab.part('placement.ts', words('scan', scanned)) },
          ...(twin ? lab.twin('placement', words('grid', searches), 'part') : []),
        ],
        figures: [
          againstScan(label, searches / scanned),
          ...(twin ? [speedOfTwin(`${label}, against C++`, { must: 0.35, aim: 0.55 }), alone(label)] : []),
        ],
      };
    });
  },
};

function againstScan(label: string, times: number): Figure {
  return {
    label: `${label}, against the scan`,
    unit: 'times its speed',
    needs: ['ours', 'scan'],
    better: 'more',
    of: ({ ours, scan }) => (scan!.cpu * times) / ours!.cpu,
    must: 10,
    aim: 12,
  };
}

function alone(label: string): Figure {
  return {
    label: `${label}, against C++, books of the cluster not counted`,
    unit: "of the twin's speed",
    needs: ['ours', 'twin'],
    better: 'more',
    of: ({ ours, twin }) => twin!.cpu / searchOf(ours!),
  };
}

/** CPU of the search and of keeping the index, without what a start and an end cost in any case. */
export function searchOf(sample: Sample): number {
  return sample.cpu - sample.parts!['bookkeeping']!;
}
