/** What this version does not serve, and why; everything else in a case file must be understood. */
export interface Declined {
  /** Base name of the file. */
  readonly file: string;
  readonly category?: string;
  readonly id?: RegExp;
  /** A policy of one of the case's runs, or the key of a value that belongs to a policy; the rest is served. */
  readonly policy?: RegExp;
  /** A shape that is not served, of the case as it stands in the file. */
  readonly shape?: (one: Readonly<Record<string, unknown>>) => boolean;
  readonly reason: string;
}

const NOT_YET = 'not yet';

export const declined: readonly Declined[] = [
  { file: 'gavel-sim', reason: NOT_YET },
  { file: 'kube-scoring', reason: NOT_YET },
  { file: 'tiresias', reason: NOT_YET },
  { file: 'yarn', reason: NOT_YET },

  {
    file: 'mesos-allocator',
    category: 'not-supported-upstream',
    reason: 'quota is of top-level roles alone (Mesos, docs/quota.md); the tests are disabled upstream',
  },

  {
    file: 'fgd-frag',
    id: /^fgd-bellman-/,
    reason:
      'the recursion behind the figure is not stated; the mean of what is left when typical pods come until none fits is 527.97',
  },
  {
    file: 'published',
    policy: /^gpu sharing again: fgd$/,
    reason: 'a figure of another program, 0.2 below the published one for reasons unknown; the published one is held',
  },
  { file: 'published', policy: /^gpu sharing again: fgd_rt$/, reason: 'ties go by name; at random is no option here' },
  {
    file: 'published',
    id: /^gavel-log-lines/,
    reason: "drawn from another program's stream of random numbers; good for the order of magnitude alone",
  },
  { file: 'published', id: /^pyss-vectors/, reason: 'the vectors are under the GPL and do not come with this program' },
  {
    file: 'published',
    policy: /^term-first, one pass per event: /,
    reason: 'a pass after each single completion is no convention here',
  },
  {
    file: 'published',
    policy: /^[^.]+\.nobf\.(sjf|f1)$/,
    reason:
      'the job chosen first keeps its place while it does not fit, though better ones come; here the best is first',
  },
  {
    file: 'published',
    policy: /^[^.]+\.nobf\.(wfp|uni)$/,
    reason: 'scores with a wait of -1 s - submit, since the start is read before it is set',
  },
  {
    file: 'published',
    policy: /^[^.]+\.bf\.(fcfs|sjf|f1|wfp|uni)$/,
    reason:
      'backfills up to a shadow time that is set once and grows stale, strictly before it, and never on extra nodes',
  },

  { file: 'drf-paper', id: /^weighted-drf-definition$/, reason: 'a definition in words; the weighted cases hold it' },

  { file: 'schedules', category: 'preemptive', id: /^priority-inversion$/, reason: NOT_YET },
  {
    file: 'schedules',
    category: 'preemptive',
    policy: /^2d-las$/,
    reason: NOT_YET,
  },
  {
    file: 'schedules',
    category: 'list-scheduling',
    shape: ({ precedence }) => Array.isArray(precedence) && precedence.length > 0,
    reason: 'precedence: not yet',
  },
  { file: 'schedules', category: 'bin-packing', policy: /^(NF|NFD|dot|cos)$/, reason: NOT_YET },
  { file: 'schedules', category: 'allocation', id: /^yarn-/, reason: NOT_YET },
  { file: 'schedules', category: 'allocation', id: /^(kube|mesos|quincy)-/, reason: NOT_YET },
  {
    file: 'schedules',
    category: 'allocation-over-time',
    id: /^(delay|omega|autoscale|kube|carbyne)-/,
    reason: NOT_YET,
  },
  { file: 'schedules', category: 'metric', id: /^fgd-/, reason: NOT_YET },

  { file: 'queueing', id: /^erlangB-/, reason: 'loss systems: not yet' },
  { file: 'queueing', id: /^mm[1c]k-/, reason: 'loss systems: not yet' },
  { file: 'queueing', id: /^jackson-/, reason: 'networks of stations: not yet' },
  { file: 'queueing', id: /^(closed-mva|finite-source)$/, reason: 'closed systems: not yet' },
  { file: 'queueing', id: /^(mg1|mm1)-(vacation|setup)/, reason: 'nodes that sleep: not yet' },
  { file: 'queueing', id: /^(restart-completion|checkpoint-daly)$/, reason: 'failures: not yet' },
];

/** Gives why a whole file is declined, or null. */
export function whyFileDeclined(file: string): string | null {
  const found = declined.find(
    (entry) => entry.file === file && !entry.id && !entry.category && !entry.policy && !entry.shape,
  );
  return found?.reason ?? null;
}

/** Gives why a case is declined, or null. */
export function whyCaseDeclined(file: string, id: string, one: Readonly<Record<string, unknown>>): string | null {
  const found = declined.find(
    (entry) =>
      entry.file === file &&
      entry.policy === undefined &&
      (entry.id?.test(id) ?? true) &&
      (entry.category === undefined || entry.category === one['category']) &&
      (entry.shape?.(one) ?? true),
  );
  return found?.reason ?? null;
}

/** Gives why a policy is declined, or null. */
export function whyPolicyDeclined(file: string, policy: string, category?: string): string | null {
  const found = declined.find(
    (entry) =>
      entry.file === file &&
      entry.policy?.test(policy) &&
      (entry.category === undefined || entry.category === category),
  );
  return found?.reason ?? null;
}
