import type { TimeFacts } from './time-facts.ts';
import type { TimeProblem } from './time-problem.ts';

/** A problem in which jobs that are alike stand as one, and which of them each job is part of. */
export interface LikeJobs {
  readonly problem: TimeProblem;
  /** The first job of each kind; facts of the others are the same. */
  readonly firsts: readonly number[];
  /** The kind of each job. */
  readonly kindOf: readonly number[];
}

/**
 * Takes jobs together that have the same throughputs, scale, weight and entity.
 *
 * Fair divisions cannot tell them apart: with any division in which they have unlike time, the one in which each has their
 * mean is as good. So each gets the mean, and the model has a row a kind.
 */
export function likeJobs({ throughputs, counts, scales }: TimeProblem, facts: TimeFacts): LikeJobs {
  const kinds = new Map<string, number>();
  const firsts: number[] = [];
  const members: number[] = [];
  const kindOf = throughputs.map((row, j) => {
    const key = [...row, scales[j], facts.weights[j], facts.entities.of[j]].join(' ');
    const kind = kinds.get(key) ?? kinds.size;
    if (kind === kinds.size) {
      kinds.set(key, kind);
      firsts.push(j);
      members.push(0);
    }
    members[kind]!++;
    return kind;
  });
  const problem: TimeProblem = {
    throughputs: firsts.map((j) => throughputs[j]!),
    counts,
    scales: firsts.map((j) => scales[j]!),
    members,
  };
  return { problem, firsts, kindOf };
}
