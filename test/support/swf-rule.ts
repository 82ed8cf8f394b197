/** One job as the rule makes it; whole seconds. */
export interface RuleJob {
  readonly id: number;
  readonly submit: number;
  readonly processors: number;
  readonly run: number;
  readonly estimate: number;
}

/**
 * Reads a log by the rule that the conformance file `swf-reference` states, word for word and with nothing of the reader:
 * the slow twin of how a log is opened there.
 */
export function readByRule(text: string, machine: number, estimates: 'kill' | 'extend'): RuleJob[] {
  const jobs: RuleJob[] = [];
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    if (words[0] === '' || words[0]!.startsWith(';') || words.length < 9) continue;
    const fields = words.slice(0, 9).map(Number);
    if (fields.some(Number.isNaN)) continue;
    const [id, submit, , ran, allocated, , , requested, guess] = fields as [number, number, number, ...number[]];
    const processors = requested! > 0 ? requested! : allocated!;
    const estimate = guess! > 0 ? guess! : ran!;
    if (processors <= 0 || processors > machine || ran! < 0 || submit < 0) continue;
    const run = estimates === 'kill' ? Math.min(ran!, estimate) : ran!;
    jobs.push({ id, submit, processors, run, estimate: Math.max(estimate, run) });
  }
  jobs.sort((a, b) => a.submit - b.submit);
  const first = jobs[0]?.submit ?? 0;
  return jobs.map((job) => ({ ...job, submit: job.submit - first }));
}
