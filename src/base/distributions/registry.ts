import { constant } from './constant.ts';
import type { DistributionDefinition } from './distribution.ts';
import { empirical } from './empirical.ts';
import { exponential } from './exponential.ts';
import { gamma } from './gamma.ts';
import { hyperexponential } from './hyperexponential.ts';
import { lognormal } from './lognormal.ts';
import { normal } from './normal.ts';
import { pareto } from './pareto.ts';
import { uniform } from './uniform.ts';
import { weibull } from './weibull.ts';

/** Every distribution a scenario can name, the plain ones first. */
export const DISTRIBUTIONS: readonly DistributionDefinition[] = [
  constant,
  exponential,
  uniform,
  normal,
  lognormal,
  gamma,
  weibull,
  pareto,
  hyperexponential,
  empirical,
];
