/**
 * Times the event queue held at one length: take the next event, push another of the same subject a while later.
 *
 * Usage: tsx bench/event-queue.ts <pending> <holds> spread|ties; the twin is bench/native/event-queue.cpp.
 */

import { EventQueue } from '../src/kernel/event-queue.ts';
import type { Phase } from '../src/kernel/phase.ts';
import { cpuSeconds, report } from './harness/cpu-clock.ts';
import { xorshift } from './harness/xorshift.ts';

const [pending, holds] = process.argv.slice(2, 4).map(Number) as [number, number];
/** Microseconds to the next event: a great many, or so few that dozens fall on one instant. */
const span = process.argv[4] === 'ties' ? 100 : 1_073_741_824;

const random = xorshift();
const queue = new EventQueue();
let hash = 0;

function push(now: number, subject: number): void {
  const x = random();
  const phase = (x & 3) as Phase;
  queue.push(now + 1 + ((x >>> 2) % span), phase, phase, subject);
}

function hold(count: number): void {
  for (let i = 0; i < count; i++) {
    const time = queue.nextTime;
    const subject = queue.nextSubject;
    hash = (Math.imul(hash, 31) + subject + queue.nextKind) | 0;
    queue.pop();
    push(time, subject);
  }
}

for (let i = 0; i < pending; i++) push(0, i);
hold(Math.floor(holds / 5));
const began = cpuSeconds();
hold(holds);
report(cpuSeconds() - began, { order: hash >>> 0 });
