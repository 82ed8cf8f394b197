import type { Figure, Side } from './contest.ts';

interface Bounds {
  readonly must?: number;
  readonly aim?: number;
}

/** CPU time over the twin's: less is better. */
export function timesTheTwin(label: string, bounds: Bounds): Figure {
  return {
    label,
    unit: "times the twin's CPU",
    needs: ['ours', 'twin'],
    better: 'less',
    of: ({ ours, twin }) => ours!.cpu / twin!.cpu,
    ...bounds,
  };
}

/** Speed over the twin's, on the same amount of work: more is better. */
export function speedOfTwin(label: string, bounds: Bounds): Figure {
  return {
    label,
    unit: "of the twin's speed",
    needs: ['ours', 'twin'],
    better: 'more',
    of: ({ ours, twin }) => twin!.cpu / ours!.cpu,
    ...bounds,
  };
}

export function ours(run: Side['run']): Side {
  return { name: 'ours', run };
}
