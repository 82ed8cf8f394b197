// @ts-check
'use strict';
/**
 * Loads the bundle of the command line with the bytecode that the build has left beside it for this version of Node.
 *
 * Plain CommonJS, as that is what starts soonest. V8 checks that the bytecode is of its own version and flags and of a
 * source of this length, and else compiles as if there were none.
 */
const { readFileSync } = require('node:fs');
const { enableCompileCache } = /** @type {{ enableCompileCache?: () => void }} */ (require('node:module'));
const { join } = require('node:path');
const { Script } = require('node:vm');

const file = join(__dirname, 'command-line.js');
const bytecodeFile = `${file}.${process.version}-${process.arch}.bytecode`;

/** Gives the bytecode that was kept for this Node; undefined where there is none. */
function keptBytecode() {
  try {
    return readFileSync(bytecodeFile);
  } catch {
    return undefined;
  }
}

/**
 * Gives the script that the bundle is; its value is a function that makes a module of it.
 *
 * @param {Buffer} [cachedData]
 */
function compile(cachedData) {
  // The bundle is ASCII, and read as what it is it is not copied.
  return new Script(readFileSync(file, 'latin1'), { filename: file, cachedData });
}

/**
 * Gives what the bundle exports, where `open` makes a module of it.
 *
 * @param {(...parts: unknown[]) => void} open
 * @returns {typeof import('./command-line.ts')}
 */
function evaluate(open) {
  const module = { exports: /** @type {any} */ ({}) };
  open(module.exports, require, module, file, __dirname);
  return module.exports;
}

/** Gives what the bundle exports. Without bytecode it is up to Node: from version 22 on, it keeps some itself. */
function loadCompiled() {
  const kept = keptBytecode();
  if (kept !== undefined) return evaluate(compile(kept).runInThisContext());
  enableCompileCache?.();
  // @ts-ignore is built
  return evaluate(require('./command-line.js'));
}

module.exports = { bytecodeFile, compile, evaluate, keptBytecode, loadCompiled };
