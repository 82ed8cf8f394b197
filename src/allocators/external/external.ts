import { ScenarioError } from '../../base/errors.ts';
import type { AllocatorDefinition } from '../allocator.ts';
import { commandOption, timeLimitOption } from './command-options.ts';

/** Microseconds. */
const MILLISECOND = 1_000;

/** Leaves every decision to a program of the user's own. */
export const external: AllocatorDefinition = {
  name: 'external',
  summary: 'asks a program of your own, in any language, at each pass; JSON lines on its standard input and output',
  source: 'docs/formats/external.md',
  options: {
    command: commandOption,
    'time-limit': timeLimitOption,
    'on-error': {
      kind: 'choice',
      of: ['fail'],
      default: 'fail',
      summary: 'what happens when the program crashes, hangs or breaks its contract: the run fails',
    },
  },
  async create(options, { view, stream, openChannel }) {
    if (openChannel === undefined)
      throw new ScenarioError([{ path: 'allocator.command', message: 'there are no other programs to ask here' }]);
    // Loaded where one is made, as most runs have none.
    const { ExternalAllocator } = await import('./external-allocator.ts');
    return new ExternalAllocator({
      channel: openChannel(options.texts('command')),
      view,
      limitMs: options.duration('time-limit')! / MILLISECOND,
      chance: stream('seed'),
    });
  },
};
