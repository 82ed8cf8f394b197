/**
 * Measures what the project promises of its speed, and prints a table: `npm run bench -- --help`.
 *
 * The sides of a contest run in turns, each time in a fresh process, so that neighbours on the machine slow all alike;
 * a figure is worked out of the samples of one round, and the table gives its median and range over the rounds.
 */

import { parseArgs } from 'node:util';
import { buildWhereStale } from './harness/build.ts';
import { compare, type Verdict } from './harness/compare.ts';
import { type Bench, type Lab, NotHere } from './harness/contest.ts';
import { openLab } from './harness/lab.ts';
import { describeMachine, load } from './harness/machine.ts';
import { type BenchResult, markdown, tableOf } from './harness/table.ts';
import { writeResults } from './harness/write-results.ts';
import { BENCHES } from './lines/registry.ts';

const HELP = `npm run bench -- [options]

  --only <names>  these benches alone, separated by commas
  --rounds <n>    rounds of each contest (5; of --quick 1)
  --quick         small inputs: shows that everything works, its figures say nothing
  --full          the long benches as well: 10^7 jobs, 2.5 * 10^7 tasks
  --write         puts the results into bench/README.md
  --no-build      measures dist/ as it is, even if a source is newer

benches: ${BENCHES.map(({ name, long }) => (long ? `${name} (--full)` : name)).join(', ')}`;

const { values: args } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

function chosen(): readonly Bench[] {
  if (args.only === undefined) return BENCHES;
  const names = args.only.split(',');
  const unknown = names.find((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown !== undefined) fail(`there is no bench ${unknown}\n\n${HELP}`);
  return BENCHES.filter(({ name }) => names.includes(name));
}

/** Runs one bench; one that cannot run here gives its reason, and the error of one does not cost the others' figures. */
async function measure(bench: Bench, lab: Lab, rounds: number): Promise<BenchResult> {
  if (bench.long && !args.full) return { name: bench.name, verdicts: [], reason: 'takes long; --full runs it' };
  try {
    const verdicts: Verdict[] = [];
    for (const contest of await bench.contests(lab)) verdicts.push(await compare(contest, rounds));
    return { name: bench.name, verdicts, reason: null };
  } catch (error) {
    if (error instanceof NotHere) return { name: bench.name, verdicts: [], reason: error.message };
    console.error(error);
    return { name: bench.name, verdicts: [], reason: 'FAILED', failed: true };
  }
}

async function main(): Promise<boolean> {
  const benches = chosen();
  const rounds = Number(args.rounds ?? (args.quick ? 1 : 5));
  if (!Number.isInteger(rounds) || rounds < 1) fail(`--rounds ${args.rounds}: expected a whole number above 0`);
  if (!args['no-build']) buildWhereStale();
  const began = load();
  const lab = openLab({ quick: args.quick });
  const results: BenchResult[] = [];
  try {
    for (const bench of benches) {
      console.error(`${bench.name} …`);
      const result = await measure(bench, lab, rounds);
      results.push(result);
      // The table comes at the end; this is for those who watch.
      for (const [, figure, median] of tableOf([result], { judge: false }).slice(1))
        console.error(`  ${figure}: ${median}`);
    }
  } finally {
    lab.close();
  }
  const date = new Date().toISOString().slice(0, 10);
  const counted = `${rounds} ${rounds === 1 ? 'round' : 'rounds'}${args.quick ? ' of small inputs, which say nothing of speed' : ''}`;
  const what = `${date}, ${counted}, load ${began} at the start and ${load()} at the end`;
  const text = `${what}. ${describeMachine()}.\n\n${markdown(tableOf(results, { judge: !args.quick }))}`;
  console.log(text);
  if (args.write) writeResults(text);
  return results.every(
    ({ verdicts, failed }) => failed !== true && verdicts.every(({ disagreement }) => disagreement === null),
  );
}

if (args.help) console.log(HELP);
else process.exitCode = (await main()) ? 0 : 1;
