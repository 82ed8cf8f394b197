import { ScenarioError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { bestFit } from './best-fit.ts';
import { firstFit } from './first-fit.ts';
import type { PlacementDefinition } from './placement.ts';
import { randomFit } from './random-fit.ts';
import { roundRobin } from './round-robin.ts';
import { worstFit } from './worst-fit.ts';

/** Every placement; adding one is one file and one line here. */
export const placements: readonly PlacementDefinition[] = [firstFit, bestFit, worstFit, roundRobin, randomFit];

/** The placement where none is named. */
export const DEFAULT_PLACEMENT = firstFit.name;

/** Gives the placement of that name, or throws a {@link ScenarioError} that lists those there are. */
export function findPlacement(name: string): PlacementDefinition {
  const found = placements.find((placement) => placement.name === name);
  if (found !== undefined) return found;
  const names = placements.map((placement) => placement.name);
  const suggestion = didYouMean(name, names);
  throw new ScenarioError([
    {
      path: 'placement',
      message: `unknown placement \`${name}\`; there are ${names.join(', ')}`,
      ...(suggestion && { suggestion }),
    },
  ]);
}
