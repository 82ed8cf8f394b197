import type { SchedulerDefinition } from './framework-scheduler.ts';

/** Wants nothing of what it is offered, and says so each time. */
export const decline: SchedulerDefinition = {
  name: 'decline',
  summary: 'takes nothing: declines every offer, or keeps it without an answer',
  source: 'MESOS-6111: frameworks that need nothing and starve others',
  options: {
    'keep-offers': { kind: 'flag', default: false, summary: 'keep offers without an answer instead of declining them' },
  },
  create: (options, { driver }) => ({
    onOffers: (offers) => {
      if (options.flag('keep-offers')) return;
      for (const offer of offers) driver.decline(offer);
    },
  }),
};
