import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { readHead } from '../../../src/base/byte-source.ts';
import { ScenarioError } from '../../../src/base/errors.ts';
import { fileProblem, openBytes, sha256OfFile } from '../../../src/platform/files.ts';

const folder = mkdtempSync(join(tmpdir(), 'allot-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function contentOf(path: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of openBytes(path).chunks()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** A million bytes that pack badly, so that the packed file has several chunks too. */
const noise = Buffer.from(Uint32Array.from({ length: 250_000 }, (_, i) => Math.imul(i + 1, 2_654_435_761)).buffer);

describe('a file', () => {
  it('is read in pieces, and again from the start', async () => {
    const path = file('noise', noise);
    expect((await contentOf(path)).equals(noise)).toBe(true);
    const bytes = openBytes(path);
    expect(bytes.name).toBe(path);
    for (let time = 0; time < 2; time++) expect([...(await readHead(bytes, 3))]).toEqual([...noise.subarray(0, 3)]);
  });

  it('that is empty has no bytes', async () => {
    expect((await contentOf(file('empty', ''))).length).toBe(0);
  });

  it.each(['packed.gz', 'packed.swf', 'packed'])('of gzip is unpacked, called %s or otherwise', async (name) => {
    expect((await contentOf(file(name, gzipSync(noise)))).equals(noise)).toBe(true);
  });

  it('that only has the name of gzip is read as it is', async () => {
    expect(`${await contentOf(file('plain.swf.gz', '1 2 3\n'))}`).toBe('1 2 3\n');
  });

  it('of several gzip parts is all of them', async () => {
    const parts = Buffer.concat([gzipSync('one\n'), gzipSync(''), gzipSync('two\n')]);
    expect(`${await contentOf(file('parts.gz', parts))}`).toBe('one\ntwo\n');
  });

  it('may be left early, packed or not', async () => {
    for (const [name, content] of [['left', noise] as const, ['left.gz', gzipSync(noise)] as const]) {
      const path = file(name, content);
      for (let time = 0; time < 50; time++) expect((await readHead(openBytes(path), 10)).length).toBe(10);
    }
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['is missing', () => join(folder, 'missing.swf'), 'there is no such file'],
    ['lies below a file', () => join(file('below', 'x'), 'y.swf'), 'there is no such file'],
    ['is a directory', () => folder, 'this is a directory, not a file'],
  ])('because it %s is an error that names it', async (_, place, message) => {
    const path = place();
    await expect(contentOf(path)).rejects.toThrow(new ScenarioError(message, { file: path }));
    await expect(sha256OfFile(path)).rejects.toThrow(new ScenarioError(message, { file: path }));
    expect(fileProblem(path)).toBe(message);
  });

  it.skipIf(process.getuid?.() === 0)('because it is forbidden is an error that names it', async () => {
    const path = file('forbidden', 'x');
    chmodSync(path, 0);
    await expect(contentOf(path)).rejects.toThrow(`${path}: no permission to read it`);
    expect(fileProblem(path)).toBe('no permission to read it');
  });

  it.each([
    ['cut short', gzipSync(noise).subarray(0, 600_000), 'the gzip data is cut short'],
    ['cut in its header', gzipSync(noise).subarray(0, 4), 'the gzip data is cut short'],
    [
      'cut in its last part',
      Buffer.concat([gzipSync('a'), gzipSync('b').subarray(0, 9)]),
      'the gzip data is cut short',
    ],
    ['changed in the middle', changed(gzipSync(noise), 500_000), 'the gzip data is damaged'],
    ['changed in its checksum', changed(gzipSync('abc'), -6), 'the gzip data is damaged: incorrect data check'],
    ['followed by something else', Buffer.concat([gzipSync('a'), Buffer.from('tail')]), 'the gzip data is damaged'],
  ])('because its gzip is %s is an error that names it', async (name, content, message) => {
    const path = file(`${name}.swf.gz`, content);
    await expect(contentOf(path)).rejects.toThrow(ScenarioError);
    await expect(contentOf(path)).rejects.toThrow(`${path}: ${message}`);
  });

  it.each([
    ['bzip2', [0x42, 0x5a, 0x68, 0x39]],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
    ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ])('because %s packed it says so', async (packer, bytes) => {
    const path = file(`${packer}.swf`, Uint8Array.from(bytes));
    await expect(contentOf(path)).rejects.toThrow(`${path}: packed with ${packer}; unpack it first, or use gzip`);
  });
});

describe('a file that can be read', () => {
  it('has no problem; nor has standard input', () => {
    expect(fileProblem(file('fine', 'x'))).toBeNull();
    expect(fileProblem('-')).toBeNull();
  });

  it('has the SHA-256 of its bytes on the disk', async () => {
    expect(await sha256OfFile(file('abc', 'abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

describe('standard input', () => {
  /** Runs a script on `openBytes`, writes to its input, and gives its output; the input is ended only where asked. */
  function fed(script: string, input: Uint8Array, end: boolean): Promise<string> {
    const root = join(import.meta.dirname, '../../..');
    const code = `import { openBytes } from './src/platform/files.ts';\nconst bytes = openBytes('-');\n${script}`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], { cwd: root });
    child.stdin.write(input);
    if (end) child.stdin.end();
    return new Promise((resolve, reject) => {
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
      child.on('error', reject);
      child.on('close', () => resolve(output));
    });
  }

  it('is read as a file is, gzip too, and more than once', async () => {
    const script = `
      for (let time = 0; time < 2; time++) {
        let text = '';
        for await (const chunk of bytes.chunks()) text += new TextDecoder().decode(chunk);
        console.log(bytes.name, JSON.stringify(text));
      }`;
    const output = 'standard input "1 2 3\\n"\nstandard input "1 2 3\\n"\n';
    expect(await fed(script, Buffer.from('1 2 3\n'), true)).toBe(output);
    expect(await fed(script, gzipSync('1 2 3\n'), true)).toBe(output);
  });

  it('does not keep a program alive that has read enough', async () => {
    const script = 'for await (const chunk of bytes.chunks()) { console.log(chunk.length); break; }';
    expect(await fed(script, Buffer.from('1 2 3\n'), false)).toBe('6\n');
  });
});

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const place = (at + copy.length) % copy.length;
  for (let i = place; i < Math.min(place + 8, copy.length - 5); i++) copy[i] = copy[i]! ^ 0xff;
  return copy;
}
