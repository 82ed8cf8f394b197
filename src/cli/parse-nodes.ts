import { ScenarioError } from '../base/errors.ts';

/** A group of nodes as a scenario writes it. */
export interface NodesOption {
  readonly name: string;
  readonly count: number;
  readonly capacity: Readonly<Record<string, string | { devices: number }>>;
}

/**
 * Reads `64xcpus:4,mem:8GB`, several groups parted by blanks; `gpus:4d` are four devices.
 *
 * @throws ScenarioError if the text is something else.
 */
export function parseNodes(text: string): NodesOption[] {
  const groups = text.trim().split(/\s+/);
  return groups.map((group, i) => {
    const match = /^(?:(\d+)x)?([^:]+:.+)$/.exec(group);
    if (match === null || match[1] === '0') {
      throw new ScenarioError(`--nodes ${text}: expected a count, x and capacities, such as 64xcpus:4,mem:8GB`);
    }
    return {
      name: groups.length === 1 ? 'node' : `node${String.fromCharCode(97 + (i % 26))}`,
      count: Number(match[1] ?? 1),
      capacity: Object.fromEntries(match[2]!.split(',').map((pair) => capacityOf(pair, text))),
    };
  });
}

function capacityOf(pair: string, text: string): [string, string | { devices: number }] {
  const [resource, amount, ...rest] = pair.split(':');
  if (!resource || !amount || rest.length > 0) {
    throw new ScenarioError(`--nodes ${text}: \`${pair}\` is no capacity, such as cpus:4`);
  }
  const devices = /^(\d+)d$/.exec(amount);
  return [resource, devices === null ? amount : { devices: Number(devices[1]) }];
}
