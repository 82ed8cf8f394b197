// @ts-check
/**
 * Owns a child process for a ChildChannel, in a thread of its own, so that the thread that asks can wait.
 *
 * Plain JavaScript, as threads cannot be started from TypeScript on every Node that is supported.
 */
import { spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

/** Bytes of one answer; what is longer is taken for a program gone wild. */
const LONGEST = 64 * 1024 * 1024;
/** Bytes of the end of what the child wrote to its standard error that an error shows. */
const TAIL = 1_000;
/** Milliseconds: for the pipes of a child to run dry, and for a killed child to be gone. */
const DRYING = 200;
const DYING = 2_000;

const LINE_FEED = 10;

/** @type {{ port: import('node:worker_threads').MessagePort, shared: Int32Array, command: string[], folder: string }} */
const { port, shared, command, folder } = workerData;

/** @type {{ trouble: string, message: string } | null} */
let trouble = null;
let isPending = false;
/** @type {NodeJS.Timeout | undefined} */
let timer;
/** What the child has written of a line that has not ended. @type {Buffer[]} */
let parts = [];
let length = 0;
let tail = Buffer.alloc(0);
let isGone = false;
/** @type {(() => void)[]} */
const onGone = [];

/** @param {object} reply */
function answer(reply) {
  clearTimeout(timer);
  isPending = false;
  port.postMessage(reply);
  Atomics.add(shared, 0, 1);
  Atomics.notify(shared, 0);
}

/** Ends the child and whatever it has started. */
function kill() {
  if (child?.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** @param {string} kind @param {string} message */
function fail(kind, message) {
  if (trouble !== null) return;
  const said = tail.toString().trim();
  trouble = { trouble: kind, message: said === '' ? message : `${message}; its standard error ends with: ${said}` };
  clearTimeout(timer);
  kill();
  whenGone(DYING, () => {
    if (isPending && trouble !== null) answer(trouble);
  });
}

/** @param {number} limit @param {() => void} then */
function whenGone(limit, then) {
  let done = isGone;
  if (done) return then();
  const once = () => {
    if (done) return;
    done = true;
    clearTimeout(waiting);
    then();
  };
  const waiting = setTimeout(once, limit);
  onGone.push(once);
}

/** @param {Buffer} chunk */
function onOutput(chunk) {
  if (trouble !== null) return;
  const end = chunk.indexOf(LINE_FEED);
  const piece = end < 0 ? chunk : chunk.subarray(0, end);
  length += piece.length;
  if (length > LONGEST) return fail('line', `it wrote a line of more than ${LONGEST / 1024 / 1024} MiB`);
  parts.push(piece);
  if (end < 0) return;
  if (!isPending) return fail('line', `it wrote without being asked: ${shown(Buffer.concat(parts))}`);
  if (end + 1 < chunk.length) {
    return fail('line', `it wrote more than one line for an answer: ${shown(chunk.subarray(end + 1))}`);
  }
  const line = Buffer.concat(parts);
  parts = [];
  length = 0;
  try {
    answer({ line: new TextDecoder('utf-8', { fatal: true }).decode(line) });
  } catch {
    fail('line', `its answer is not UTF-8: ${shown(line)}`);
  }
}

/** @param {Buffer} bytes */
function shown(bytes) {
  const text = bytes
    .subarray(0, 100)
    .toString()
    .replace(/\p{Cc}/gu, '·');
  return bytes.length > 100 ? `${text}…` : text;
}

/** What the child tells people goes where this process tells them. @param {Buffer} chunk */
function onErrors(chunk) {
  tail = Buffer.concat([tail, chunk]).subarray(-TAIL);
  for (let at = 0; at < chunk.length; ) {
    try {
      at += writeSync(2, chunk, at);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EAGAIN') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

function onExit() {
  const { exitCode, signalCode } = /** @type {import('node:child_process').ChildProcess} */ (child);
  isGone = true;
  // What it has started must not outlive it.
  kill();
  fail('exit', signalCode === null ? `it exited with code ${exitCode}` : `it was ended by ${signalCode}`);
  for (const then of onGone) then();
}

function start() {
  try {
    const own = spawn(command[0] ?? '', command.slice(1), {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
      // Its own group: Ctrl-C is for this process to act on, and one signal ends the child with its children.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    own.on('error', (error) => {
      isGone = true;
      const isAbsent = /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT';
      fail('start', isAbsent ? `there is no program \`${command[0]}\`` : `it cannot be started: ${error.message}`);
      for (const then of onGone) then();
    });
    own.on('close', onExit);
    // Another process may hold its pipes open.
    own.on('exit', () => setTimeout(() => !isGone && onExit(), DRYING));
    own.stdin.on('error', () => setTimeout(() => fail('exit', 'it has closed its standard input'), DRYING));
    own.stdout.on('data', onOutput);
    own.stdout.on('end', () => setTimeout(() => fail('exit', 'it has closed its standard output'), DRYING));
    own.stderr.on('data', onErrors);
    Atomics.store(shared, 1, own.pid ?? 0);
    return own;
  } catch (error) {
    isGone = true;
    fail('start', `it cannot be started: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

/** @type {import('node:child_process').ChildProcessByStdio<import('node:stream').Writable, import('node:stream').Readable, import('node:stream').Readable> | undefined} */
let child;
child = start();

/** @param {string} message @param {number} limit */
function ask(message, limit) {
  isPending = true;
  if (trouble !== null) {
    const told = trouble;
    return whenGone(DYING, () => answer(told));
  }
  if (length > 0) return fail('line', `it wrote without being asked: ${shown(Buffer.concat(parts))}`);
  timer = setTimeout(() => fail('time', `it did not answer within ${limit / 1_000} s`), limit);
  child?.stdin.write(`${message}\n`);
}

/** @param {number} grace how long the child may take to end by itself, milliseconds */
function close(grace) {
  trouble ??= { trouble: 'exit', message: 'it was closed' };
  child?.stdin.end();
  whenGone(grace, () => {
    kill();
    whenGone(DYING, () => {
      Atomics.store(shared, 1, 0);
      answer({ closed: true });
      port.close();
      // A child that will not die must not keep this thread.
      process.exit();
    });
  });
}

port.on('message', (request) => {
  if (request.grace !== undefined) close(request.grace);
  else ask(request.message, request.limit);
});
