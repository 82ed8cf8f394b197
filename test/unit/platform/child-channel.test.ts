import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { ChannelError } from '../../../src/base/channel.ts';
import { ChildChannel } from '../../../src/platform/child-channel.ts';

/** Channels of this test; each is closed behind it. */
const opened: ChildChannel[] = [];
afterEach(() => {
  for (const channel of opened.splice(0)) channel.close();
});

function open(...command: string[]): ChildChannel {
  const channel = new ChildChannel(command, tmpdir());
  opened.push(channel);
  return channel;
}

/** A child that runs this program. */
const node = (program: string): ChildChannel => open(process.execPath, '-e', program);

/** Answers each line with what `of` makes of it. */
const answering = (of: string) =>
  `require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => console.log(${of}));`;

/** Gives the trouble of an exchange, which must come again with the next one. */
function troubleOf(channel: ChildChannel, limit = 20_000): ChannelError {
  const errors = [1, 2].map(() => {
    try {
      channel.exchange('{}', limit);
    } catch (error) {
      return error;
    }
    return null;
  });
  expect(errors[0]).toBeInstanceOf(ChannelError);
  expect(errors[1]).toBe(errors[0]);
  return errors[0] as ChannelError;
}

/** Says whether there is such a process; one that has ended, and that nobody has asked after, counts. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a child process', () => {
  it('answers lines, whatever they hold', () => {
    const echo = node(answering('line'));
    expect(echo.exchange('one', 20_000)).toBe('one');
    expect(echo.exchange('zwei, três, 四, 🙂', 20_000)).toBe('zwei, três, 四, 🙂');
    expect(echo.exchange('', 20_000)).toBe('');
  });

  it('answers lines of megabytes', () => {
    const long = '0123456789€'.repeat(500_000);
    expect(node(answering('line')).exchange(long, 20_000) === long).toBe(true);
  });

  it('answers thousands of times', () => {
    const channel = node(answering('Number(line) + 1'));
    let count = 0;
    while (count < 2_000) count = Number(channel.exchange(`${count}`, 20_000));
    expect(count).toBe(2_000);
  });

  it('runs in the folder that is given', () => {
    expect(node(answering('process.cwd()')).exchange('', 20_000)).toBe(tmpdir());
  });

  it('is gone when the channel is closed, and asked nothing more', () => {
    const channel = node(answering('process.pid'));
    const pid = Number(channel.exchange('', 20_000));
    expect(exists(pid)).toBe(true);
    channel.close();
    expect(exists(pid)).toBe(false);
    expect(() => channel.exchange('', 20_000)).toThrow('it was closed');
    channel.close();
  });

  it('is ended where it takes no notice of the end of its input', () => {
    const channel = node(`${answering('process.pid')} setInterval(() => {}, 1000);`);
    const pid = Number(channel.exchange('', 20_000));
    channel.close();
    expect(exists(pid)).toBe(false);
  });

  it('takes what it has started along', { timeout: 60_000 }, async () => {
    const channel = node(
      `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']); ${answering('pid')}`,
    );
    const pid = Number(channel.exchange('', 20_000));
    expect(exists(pid)).toBe(true);
    channel.close();
    await endOf(pid);
  });
});

/** Waits until a process has ended; where nobody has taken note of that, it is still listed. */
async function endOf(pid: number): Promise<void> {
  while (exists(pid) && !/^\d+ \(.*\) Z/.test(statusOf(pid))) await pause(20);
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

describe('a child process that fails', () => {
  it('was never there', () => {
    expect(troubleOf(open('no-such-program', 'x'))).toMatchObject({
      trouble: 'start',
      message: 'there is no program `no-such-program`',
    });
  });

  it('is no program', () => {
    expect(troubleOf(open(tmpdir()))).toMatchObject({ trouble: 'start' });
    expect(troubleOf(open(''))).toMatchObject({ trouble: 'start' });
    expect(troubleOf(open())).toMatchObject({ trouble: 'start' });
  });

  it('exits before it answers, with a code and last words', () => {
    expect(troubleOf(node("console.error('no idea'); process.exitCode = 3;"))).toMatchObject({
      trouble: 'exit',
      message: 'it exited with code 3; its standard error ends with: no idea',
    });
  });

  it('exits between two answers', async () => {
    const exits = "process.stdin.once('data', () => setTimeout(() => process.exit(0), 50));";
    const channel = node(`${answering('process.pid')} ${exits}`);
    await endOf(Number(channel.exchange('one', 20_000)));
    expect(troubleOf(channel)).toMatchObject({ trouble: 'exit', message: 'it exited with code 0' });
  });

  it('is ended by a signal', () => {
    expect(troubleOf(node("process.kill(process.pid, 'SIGKILL')"))).toMatchObject({
      trouble: 'exit',
      message: 'it was ended by SIGKILL',
    });
  });

  it('hangs, and is ended', () => {
    const channel = node(`${answering("line === 'pid' ? process.pid : ''")} `);
    const pid = Number(channel.exchange('pid', 20_000));
    channel.close();
    const hanging = node(
      "process.stdin.once('data', () => { console.log(process.pid); process.stdin.on('data', () => {}); });",
    );
    const other = Number(hanging.exchange('', 20_000));
    expect(other).not.toBe(pid);
    expect(troubleOf(hanging, 300)).toMatchObject({ trouble: 'time', message: 'it did not answer within 0.3 s' });
    expect(exists(other)).toBe(false);
  });

  it('closes its output, or its input', () => {
    const closing = (fd: number) => node(`require('node:fs').closeSync(${fd}); setInterval(() => {}, 1000);`);
    expect(troubleOf(closing(1))).toMatchObject({ trouble: 'exit', message: 'it has closed its standard output' });
    const { trouble } = troubleOf(closing(0), 1_500);
    expect(['exit', 'time']).toContain(trouble);
  });

  it('says more than one line', () => {
    const { trouble, message } = troubleOf(
      node("process.stdin.once('data', () => process.stdout.write('a\\nb\\n')); setInterval(() => {}, 1000);"),
    );
    expect(trouble).toBe('line');
    expect(message).toBe('it wrote more than one line for an answer: b·');
  });

  it('speaks without being asked', () => {
    const channel = node("console.log('hello?'); setInterval(() => {}, 1000);");
    // Before the first question, or as an answer to it: who writes at once cannot be told from who answers at once.
    const first = (() => {
      try {
        return channel.exchange('', 20_000);
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(['hello?', 'it wrote without being asked: hello?']).toContain(first);
  });

  it('says what is no UTF-8', () => {
    expect(
      troubleOf(node("process.stdin.once('data', () => process.stdout.write(Buffer.of(0xff, 0x0a)));")),
    ).toMatchObject({ trouble: 'line', message: 'its answer is not UTF-8: \ufffd' });
  });

  it('never comes to the end of a line', () => {
    const endless = "const block = 'x'.repeat(1e6); const more = () => process.stdout.write(block, more); more();";
    expect(troubleOf(node(endless))).toMatchObject({
      trouble: 'line',
      message: 'it wrote a line of more than 64 MiB',
    });
  });
});
