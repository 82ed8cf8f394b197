import type { Bench, Contest, Lab, Round } from '../harness/contest.ts';

/** What does a pass of `lp-weighted` cost beside the bare solver on the same model? */
export const lp: Bench = {
  name: 'lp',
  contests: (lab) => [passes(lab, 50, 20), passes(lab, 200, 20)],
};

function passes(lab: Lab, kinds: number, nodes: number): Contest {
  const count = lab.quick ? 5 : 50;
  const side = (name: 'pass' | 'solver') => ({
    name,
    run: () => lab.part('lp.ts', [kinds, nodes, count, name]),
  });
  const label = `${kinds} classes of tasks by ${nodes} of nodes`;
  const milliseconds = (name: string) => (round: Round) => (round[name]!.cpu / count) * 1_000;
  return {
    name: 'lp',
    sides: [side('pass'), side('solver')],
    figures: [
      { label, unit: 'CPU ms a pass', needs: ['pass'], better: 'less', of: milliseconds('pass') },
      { label: `${label}, bare solver`, unit: 'CPU ms', needs: ['solver'], better: 'less', of: milliseconds('solver') },
      {
        label: `${label}, a pass`,
        unit: "times the solver's CPU",
        needs: ['pass', 'solver'],
        better: 'less',
        of: (round) => round['pass']!.cpu / round['solver']!.cpu,
        must: 1.3,
      },
    ],
  };
}
