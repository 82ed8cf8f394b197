import { describe, expect, it } from 'vitest';
import { type ByteSource, bytesInMemory } from '../../../../src/base/byte-source.ts';
import { readSwfHeader } from '../../../../src/workload/readers/swf-header.ts';

function header(text: string): Promise<Record<string, string>> {
  return readSwfHeader(bytesInMemory('log.swf', text));
}

describe('the header of an SWF file', () => {
  it('gives labelled comments without the blanks around them', async () => {
    expect(await header('; Version: 2.2\n;MaxProcs:   240  \r\n  ; EndTime:   Mon Jan 16 20:31:24 CET 2006\n')).toEqual(
      {
        Version: '2.2',
        MaxProcs: '240',
        EndTime: 'Mon Jan 16 20:31:24 CET 2006',
      },
    );
  });

  it('joins a label that comes again, and lines indented below it', async () => {
    const text = [
      '; Information: http://one.example/',
      ';              http://two.example/',
      '; Queue:  1  ',
      '; Queue:  2 0',
      '; Note: no data about queues',
      ';       group 1: users',
      ';',
      ';       below no label',
    ].join('\n');
    expect(await header(text)).toEqual({
      Information: 'http://one.example/\nhttp://two.example/',
      Queue: '1\n2 0',
      Note: 'no data about queues\ngroup 1: users',
    });
  });

  it('ends at the first data row, blank lines passed over', async () => {
    expect(await header('\n; MaxNodes: 8\n \n1 0 -1 10 1\n; MaxProcs: 16\n')).toEqual({ MaxNodes: '8' });
  });

  it('is empty where there are no comments', async () => {
    expect(await header('1 0 -1 10 1\n')).toEqual({});
    expect(await header('')).toEqual({});
  });

  it('reads no further than it must', async () => {
    let closed = false;
    const source: ByteSource = {
      name: 'log.swf',
      async *chunks() {
        try {
          yield new TextEncoder().encode('; MaxProcs: 4\n1 2');
          yield new TextEncoder().encode(' 3\n');
          throw new Error('read too far');
        } finally {
          closed = true;
        }
      },
    };
    expect(await readSwfHeader(source)).toEqual({ MaxProcs: '4' });
    expect(closed).toBe(true);
  });
});
