import { type CheckReport, checkLine } from './check-report.ts';

/** Gives the checks as JUnit XML, one test case each; a result without checks is one case that passes. */
export function junit({ title, checks, reproduce }: CheckReport): string {
  const cases = checks.map((check) => {
    const head = `    <testcase classname="${escaped(check.group || title)}" name="${escaped(`${check.name} ${check.expected}`)}"`;
    if (check.pass) return `${head}/>`;
    const failure = `<failure message="${escaped(checkLine(check))}">${escaped(reproduce)}</failure>`;
    return `${head}>\n      ${failure}\n    </testcase>`;
  });
  if (cases.length === 0) cases.push(`    <testcase classname="${escaped(title)}" name="runs to its end"/>`);
  const failures = checks.filter(({ pass }) => !pass).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="${escaped(title)}" tests="${cases.length}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const NAMES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' };

/** Characters that XML cannot hold at all are left out. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&${NAMES[character]};`).replace(/[^\P{Cc}\n\t]/gu, '');
}
