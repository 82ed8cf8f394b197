import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../../../src/report/check-report.ts';
import { githubAnnotations, githubProblem } from '../../../src/report/github.ts';
import { junit } from '../../../src/report/junit.ts';
import { markdown } from '../../../src/report/markdown.ts';

const report: CheckReport = {
  title: 'a & b: "fifo", seed 1',
  checks: [
    { group: 'easy', name: 'wait.p95', expected: '< 300', found: '312', pass: false },
    { group: 'easy', name: 'utilization.cpus', expected: '>= 0.9', found: '0.93', pass: true },
  ],
  notes: ['one | two'],
  figures: { head: ['metric', 'value'], rows: [['wait.mean s', '18.4 ± 1.1']] },
  reproduce: 'allot run x.yaml',
};

describe('JUnit', () => {
  it('has a case a check, and says what failed', () => {
    const xml = junit(report);
    expect(xml).toContain('<testsuite name="a &amp; b: &quot;fifo&quot;, seed 1" tests="2" failures="1">');
    expect(xml).toContain('<testcase classname="easy" name="utilization.cpus &gt;= 0.9"/>');
    expect(xml).toContain('<failure message="easy: wait.p95 &lt; 300: is 312">allot run x.yaml</failure>');
  });

  it('has a case where nothing is checked', () => {
    expect(junit({ ...report, checks: [] })).toContain('tests="1" failures="0"');
  });

  it('leaves out what XML cannot hold', () => {
    expect(junit({ ...report, title: 'a\u0000b\u001bc' })).toContain('name="abc"');
  });
});

describe('annotations', () => {
  it('are a line for each check that failed', () => {
    expect(githubAnnotations(report)).toBe(
      '::error title=a & b%3A "fifo"%2C seed 1::easy: wait.p95 < 300: is 312%0Aallot run x.yaml\n',
    );
  });

  it('stand where a mistake is', () => {
    const problem = { path: 'a.b', message: '50 % of\nit', suggestion: 'did you mean `c`?' };
    expect(githubProblem({ ...problem, place: { file: 'x,y.yaml', line: 3, column: 7 } })).toBe(
      '::error file=x%2Cy.yaml,line=3,col=7::a.b: 50 %25 of%0Ait (did you mean `c`?)',
    );
    expect(githubProblem({ path: '', message: 'no', place: { file: '--set a=b' } })).toBe('::error::no');
  });
});

describe('Markdown', () => {
  it('has thresholds, figures, notes and the command', () => {
    expect(markdown(report)).toBe(`## a & b: "fifo", seed 1

|  | of | metric | expected | is |
| --- | --- | --- | --- | --- |
| **✗** | easy | \`wait.p95\` | < 300 | 312 |
| ✓ | easy | \`utilization.cpus\` | >= 0.9 | 0.93 |

| metric | value |
| --- | --- |
| wait.mean s | 18.4 ± 1.1 |

- one | two

\`\`\`sh
allot run x.yaml
\`\`\`
`);
  });

  it('keeps bars out of cells', () => {
    const figures = { head: ['a|b'], rows: [['c\nd']] };
    expect(markdown({ ...report, checks: [], figures })).toContain('| a\\|b |\n| --- |\n| c d |');
  });
});
