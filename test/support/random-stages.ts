import fc from 'fast-check';

/** One stage of a job: how many of its tasks are in it, those behind the stages before, and which stages it waits for. */
export interface RandomStage {
  readonly tasks: number;
  readonly parents: readonly number[];
}

/**
 * Gives the stages of a job of so many tasks: runs of one to a few tasks, and any edges between them that make no cycle;
 * a stage may wait for one that stands behind it.
 */
export function randomStages(tasks: number): fc.Arbitrary<readonly RandomStage[]> {
  const one = fc.record({
    begins: fc.constantFrom(true, true, false),
    rank: fc.nat({ max: 99 }),
    waitsFor: fc.array(fc.constantFrom(true, false), { minLength: tasks, maxLength: tasks }),
  });
  return fc.array(one, { minLength: tasks, maxLength: tasks }).map((drawn) => {
    const starts = drawn.flatMap(({ begins }, position) => (position === 0 || begins ? [position] : []));
    const before = (a: number, b: number) =>
      drawn[starts[a]!]!.rank < drawn[starts[b]!]!.rank ||
      (drawn[starts[a]!]!.rank === drawn[starts[b]!]!.rank && a < b);
    return starts.map((start, stage) => ({
      tasks: (starts[stage + 1] ?? tasks) - start,
      parents: starts.flatMap((_, other) => (before(other, stage) && drawn[start]!.waitsFor[other] ? [other] : [])),
    }));
  });
}

/** By position of a task the stage that it is in. */
export function stageOfEach(stages: readonly RandomStage[]): number[] {
  return stages.flatMap(({ tasks }, stage) => new Array<number>(tasks).fill(stage));
}
