import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/byte-source.ts';
import { traceFormats } from '../../../../src/workload/readers/formats.ts';
import { detectFormat, openTrace, traceReader, traceReaders } from '../../../../src/workload/readers/registry.ts';
import { contextOf, swfDefaults } from './read-trace.ts';

describe('the trace formats', () => {
  it('have names of their own, and a summary', () => {
    const names = traceReaders.map((reader) => reader.name);
    expect(new Set(names).size).toBe(names.length);
    for (const reader of traceReaders) expect(reader.summary).toMatch(/\w/);
  });

  it('are those that scenarios may name, in the order in which they are tried', () => {
    expect(traceReaders.map((reader) => reader.name)).toEqual([...traceFormats]);
  });

  it('are found by name', () => {
    expect(traceReader('csv').name).toBe('csv');
    expect(() => traceReader('sfw')).toThrow(
      `format: unknown trace format \`sfw\`; known are ${traceFormats.join(', ')} (did you mean \`swf\`?)`,
    );
  });

  it.each([
    ['; MaxProcs: 4\n1 0 -1 5 1\n', 'log', 'swf'],
    ['1 0 -1 10 4 -1 -1 4 20\n', 'log', 'swf'],
    ['job,run\n', 'log.swf', 'csv'],
    ['', 'log.swf', 'swf'],
    ['run\n10\n', 'jobs.csv', 'csv'],
  ])('of %j in %s is %3$s', async (text, file, format) => {
    expect((await detectFormat(bytesInMemory(file, text))).name).toBe(format);
  });

  it.each([
    ['just a text\n', 'notes.txt'],
    ['; a comment, and then\0', 'log.swf'],
    ['', 'empty'],
  ])('are not %j in %s', async (text, file) => {
    await expect(detectFormat(bytesInMemory(file, text))).rejects.toThrow(
      `${file}: this does not look like a trace; known formats are ${traceFormats.join(', ')}`,
    );
  });

  it('refuse options that are not theirs', () => {
    const options = { ...swfDefaults, columns: { duration: 'run', demand: { cpus: 'n' } }, delimiter: ',' };
    expect(() => openTrace(bytesInMemory('log.swf', ''), options, contextOf())).toThrow(
      'columns: the format swf does not take `columns`\ndelimiter: the format swf does not take `delimiter`',
    );
  });

  it('give their sources the name of the file', () => {
    expect(openTrace(bytesInMemory('log.swf', ''), swfDefaults, contextOf()).name).toBe('log.swf');
  });
});
