import { alibabaLike } from './alibaba-like.ts';
import { diurnal } from './diurnal.ts';
import { facebookLike } from './facebook-like.ts';
import type { GeneratorDefinition } from './generator.ts';
import { googleLike } from './google-like.ts';
import { gpuCluster } from './gpu-cluster.ts';
import { lublinFeitelson } from './lublin-feitelson.ts';
import { microservices } from './microservices.ts';
import { mmpp } from './mmpp.ts';
import { poisson } from './poisson.ts';

/** Every model of arriving jobs, those that take most from the scenario first. */
export const generators: readonly GeneratorDefinition[] = [
  poisson,
  mmpp,
  diurnal,
  lublinFeitelson,
  facebookLike,
  googleLike,
  alibabaLike,
  gpuCluster,
  microservices,
];

/** What `model:` may be. */
export const generatorNames = generators.map(({ name }) => name) as [string, ...string[]];

/** Finds a model by its name; undefined when there is none. */
export function generatorNamed(name: unknown): GeneratorDefinition | undefined {
  return generators.find((definition) => definition.name === name);
}
