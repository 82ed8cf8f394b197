import type { CaseForm } from './case-form.ts';
import { declined } from './declined.ts';
import { drfPaper } from './drf-paper/drf-paper.ts';
import { fgdFrag } from './fgd-frag/fgd-frag.ts';
import { gavelPolicies } from './gavel-policies/gavel-policies.ts';
import { lp } from './lp/lp.ts';
import { mesosAllocator } from './mesos-allocator/mesos-allocator.ts';
import { mesosSorter } from './mesos-sorter/mesos-sorter.ts';
import { published } from './published/published.ts';
import { queueing } from './queueing/queueing.ts';
import { schedules } from './schedules/schedules.ts';
import { swfReference } from './swf-reference/swf-reference.ts';

/** Every form of case file that is served; adding one is one driver and one line here. */
export const forms: readonly CaseForm[] = [
  drfPaper,
  schedules,
  queueing,
  published,
  swfReference,
  mesosSorter,
  mesosAllocator,
  lp,
  gavelPolicies,
  fgdFrag,
];

/** Gives the base name of a case file such as `schedules-2.json`, or null when it is none that is known. */
export function baseNameOf(file: string): string | null {
  const bases = [...new Set([...forms.map(({ base }) => base), ...declined.map((entry) => entry.file)])];
  bases.sort((a, b) => b.length - a.length);
  const stem = stemOf(file);
  return bases.find((base) => stem === base || stem.startsWith(`${base}-`)) ?? null;
}

/** Gives a file's name without its folder and `.json`. */
export function stemOf(file: string): string {
  return file.replace(/^.*[/\\]/, '').replace(/\.json$/i, '');
}
