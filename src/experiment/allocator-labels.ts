import type { AllocatorChoice } from '../scenario/schema.ts';

/**
 * Gives what reports call some allocators: their names, with options where a name stands twice: `easy (order sjbf)`.
 *
 * Two that are written the same way get the same label.
 */
export function labelAllocators(choices: readonly AllocatorChoice[]): string[] {
  return choices.map((choice) => {
    const namesakes = choices.filter(({ name }) => name === choice.name);
    const isAlone = namesakes.every((other) => JSON.stringify(other) === JSON.stringify(choice));
    return isAlone ? choice.name : withOptions(choice);
  });
}

function withOptions({ name, ...options }: AllocatorChoice): string {
  const said = Object.entries(options).map(([key, value]) => {
    return `${key} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
  });
  return said.length === 0 ? name : `${name} (${said.join(', ')})`;
}
