import type { OptionSpecs } from '../../../base/options.ts';

/** Options of every framework: how it treats the master, whatever it schedules. */
export const courtesyOptions: OptionSpecs = {
  refuse: {
    kind: 'duration',
    zero: true,
    default: '5s',
    summary: 'how long it refuses to be offered again what it has given back',
  },
  idle: {
    kind: 'choice',
    of: ['suppress', 'decline'],
    default: 'suppress',
    summary: 'what it does while it has no queued task: it asks for no offers, or declines those that come',
  },
  think: {
    kind: 'duration',
    zero: true,
    default: '0s',
    summary: 'how long it holds offers before it answers',
  },
};
