import { type Distribution, type DistributionDefinition, form } from './distribution.ts';

/** Gives the distribution whose draws are all `value`; they consume no chance. */
export function certain(value: number): Distribution {
  return { name: 'constant', mean: value, draw: () => value, quantile: () => value };
}

/** Always the same value. */
export const constant: DistributionDefinition = {
  name: 'constant',
  shorthand: 'value',
  forms: [form({ parameters: { value: { kind: 'quantity' } }, create: ({ value }) => certain(value) })],
};
