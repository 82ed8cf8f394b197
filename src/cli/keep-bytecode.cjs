// @ts-check
'use strict';
/** Keeps the bytecode of the bundle, with that of the functions that ordinary commands call: a step of the build. */
const { writeFileSync } = require('node:fs');
const { bytecodeFile, compile, evaluate } = require('./load-compiled.cjs');

const COMMANDS = [
  ['run', 'scenarios/drf-paper.yaml'],
  ['replay', 'traces/batch-64.swf.gz', '--allocator', 'easy'],
];

async function keep() {
  const script = compile();
  const { main } = evaluate(script.runInThisContext());
  for (const words of COMMANDS) await main(words);
  writeFileSync(bytecodeFile, script.createCachedData());
}

void keep();
