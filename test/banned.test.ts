import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Gives each use of a banned thing in a file, as `name` in order of the text. */
function bannedIn(text: string, belowCli: boolean): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind === ts.SyntaxKind.AsteriskAsteriskToken || kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken)
        found.push('**');
    }
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Math') {
      if (node.name.text === 'pow') found.push('Math.pow');
      if (node.name.text === 'random' && belowCli) found.push('Math.random');
    }
    if (ts.isElementAccessExpression(node) && node.expression.getText() === 'Math') found.push('Math[…]');
    if (ts.isIdentifier(node) && belowCli && !ts.isPropertyAccessExpression(node.parent)) {
      if (node.text === 'Date' || node.text === 'console') found.push(node.text);
    }
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && belowCli) {
      if (node.expression.text === 'Date' || node.expression.text === 'console') found.push(node.expression.text);
      if (node.expression.text === 'performance') found.push('performance');
    }
    // What a file keeps for all runs of a process, one run could leave behind for another.
    if (ts.isVariableStatement(node) && ts.isSourceFile(node.parent) && belowCli) {
      if ((node.declarationList.flags & ts.NodeFlags.Const) === 0) found.push('global variable');
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

describe('what would make runs irreproducible', () => {
  it.each(files)('is not in %s', (file) => {
    expect(bannedIn(readFileSync(join(SRC, file), 'utf8'), !file.startsWith('cli/'))).toEqual([]);
  });

  it('is seen by this test', () => {
    expect(bannedIn('Math.pow(2, 3) + 2 ** 3', false)).toEqual(['Math.pow', '**']);
    expect(bannedIn('let x = 2; x **= 2', false)).toEqual(['**']);
    expect(bannedIn('export let count = 0; function f() { let own = 1; }', true)).toEqual(['global variable']);
    expect(bannedIn('Math.random(); new Date(); Date.now(); console.log(1); performance.now()', true)).toEqual([
      'Math.random',
      'Date',
      'Date',
      'console',
      'performance',
    ]);
    expect(bannedIn('new Date(); console.log(1)', false)).toEqual([]);
    expect(bannedIn("const text = '2 ** 3'; // Date", true)).toEqual([]);
  });
});
