import { parse } from 'yaml';
import { ScenarioError } from '../base/errors.ts';

/** Reads an option that is written in YAML; throws a ScenarioError where it is none. */
export function yamlOption(text: string, option: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    const [first] = (error as Error).message.split('\n', 1);
    throw new ScenarioError(`${option}: ${first!.replace(/:$/, '')}`);
  }
}
