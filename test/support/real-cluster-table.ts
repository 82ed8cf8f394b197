import { type Outcome, realOutcome, realRuns, replayedOutcome, simulatedOutcome } from './real-runs.ts';

/** One execution, and what the simulator makes of it. */
export interface ComparedRun {
  readonly run: string;
  readonly seed: number;
  readonly real: Outcome;
  readonly conservative: Outcome;
  readonly easy: Outcome;
  readonly fifo: Outcome;
  /** Under conservative backfilling, with the submissions and run times of the execution itself. */
  readonly own: Outcome;
}

/** Simulates every execution that can be compared, each workload once an allocator. */
export async function comparedRuns(): Promise<ComparedRun[]> {
  const known = new Map<string, Promise<Outcome>>();
  const simulated = (seed: number, allocator: string): Promise<Outcome> => {
    const key = `${seed} ${allocator}`;
    if (!known.has(key)) known.set(key, simulatedOutcome(seed, allocator));
    return known.get(key)!;
  };
  const compared: ComparedRun[] = [];
  for (const run of [...realRuns()].sort((a, b) => a.seed - b.seed)) {
    compared.push({
      run: run.run.replace('results_', ''),
      seed: run.seed,
      real: realOutcome(run),
      conservative: await simulated(run.seed, 'conservative'),
      easy: await simulated(run.seed, 'easy'),
      fifo: await simulated(run.seed, 'fifo'),
      own: await replayedOutcome(run, 'conservative'),
    });
  }
  return compared;
}

/** Gives the two tables of docs/validation.md. */
export function realClusterTables(runs: readonly ComparedRun[]): { waits: string; makespans: string } {
  const title = ['execution', 'seed', 'real', 'conservative', 'easy', 'fifo', 'its own times'];
  const of = (value: (outcome: Outcome) => number, digits: number) =>
    table(
      title,
      runs.map(({ run, seed, real, conservative, easy, fifo, own }) => [
        `\`${run}\``,
        String(seed),
        value(real).toFixed(digits),
        ...[conservative, easy, fifo, own].map((each) => beside(value(each), value(real), digits)),
      ]),
    );
  return { waits: of(({ meanWait }) => meanWait, 1), makespans: of(({ makespan }) => makespan, 0) };
}

function beside(value: number, real: number, digits: number): string {
  const percent = (100 * (value - real)) / real;
  const sign = percent < 0 ? '−' : '+';
  return `${value.toFixed(digits)} (${sign}${Math.abs(percent).toFixed(digits === 0 ? 2 : 1)} %)`;
}

function table(title: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(title), line(title.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
