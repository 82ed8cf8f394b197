import { convertWorkload } from './convert-workload.ts';
import { type GenerateArguments, scenarioToGenerate } from './generated-scenario.ts';

/** Draws jobs by a model and writes them to a file; gives the exit code. */
export function generateTrace(args: GenerateArguments): Promise<number> {
  const { model, set: _, jobs: __, until: ___, seed: ____, ...rest } = args;
  return convertWorkload({ ...rest, trace: `generate ${model}`, loaded: scenarioToGenerate(args) });
}
