import { describe, expect, it } from 'vitest';
import { CaseError } from '../../../../src/conformance/fields.ts';
import { findByContent, findByName, findByPath } from '../../../../src/conformance/logs/find-log.ts';
import { MissingTrace } from '../../../../src/conformance/trace-folder.ts';
import { folderOf, hashOf } from '../../../support/small-log.ts';

const folder = folderOf({
  'a/KTH-SP2-1996-2.swf.gz': '',
  'a/lublin_256.swf.gz': '',
  'b/lublin_256_new2.swf': '',
  'b/NASA-iPSC.swf': '',
});

describe('a log', () => {
  it('is found by its path, else by its file name, packed or not', () => {
    expect(findByPath('a/lublin_256.swf.gz', folder)).toBe('a/lublin_256.swf.gz');
    expect(findByPath('swf/lublin_256_new2.swf.gz', folder)).toBe('b/lublin_256_new2.swf');
    expect(() => findByPath('swf/KTH.swf', folder)).toThrow(MissingTrace);
  });

  it('is found by the SHA-256 of its text', async () => {
    expect(await findByContent(hashOf('b/NASA-iPSC.swf'), folder)).toBe('b/NASA-iPSC.swf');
    expect(await findByContent('none', folder)).toBeNull();
  });

  it('is found by how its name begins, word by word', () => {
    expect(findByName('kth-sp2', folder)).toBe('a/KTH-SP2-1996-2.swf.gz');
    expect(findByName('nasa-ipsc', folder)).toBe('b/NASA-iPSC.swf');
    expect(() => findByName('kth-sp', folder)).toThrow(MissingTrace);
  });

  it('is the one of that very name where the name of another goes on', () => {
    expect(findByName('lublin-256', folder)).toBe('a/lublin_256.swf.gz');
    expect(() => findByName('lublin', folder)).toThrow(CaseError);
  });
});
