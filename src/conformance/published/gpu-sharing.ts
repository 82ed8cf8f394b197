import { whyPolicyDeclined } from '../declined.ts';
import { CaseError, type Fields } from '../fields.ts';
import { meansOf, type OpenbPolicyName, openbPolicies } from '../openb/openb-means.ts';
import { readNodes, readPods } from '../openb/read-openb.ts';
import type { TraceFolder } from '../trace-folder.ts';
import { short, type Verdict } from '../verdict.ts';

const ID = /^fgd-openb-(.+)$/;
const POINT = /^at(\d+)$/;

/** What the case calls the policies that were published, behind a number; and those that were run again. */
const AGAIN: Readonly<Record<string, OpenbPolicyName>> = {
  best: 'BestFit',
  best_rt: 'BestFit, random ties',
  fgd: 'FGD',
  random: 'first fit',
  random_rt: 'Random',
};

/** Standard deviations within which a mean must lie. */
const DEVIATIONS = 2;

/** The part of the GPUs that policies allocate of a list of pods, in the mean over seeds. */
export async function gpuSharing(one: Fields, verdict: Verdict, traces: TraceFolder, seeds: number): Promise<void> {
  one.prose('metric', 'setup', 'mineKey', 'findings');
  const list = ID.exec(one.text('id'))?.[1];
  if (list === undefined) throw new CaseError('no list of pods in this id');
  const [nodes, pods] = [await readNodes(traces), await readPods(list, traces)];
  const compare = async (part: string, policy: OpenbPolicyName, figures: Fields) => {
    const points = figures.left.map((key) => {
      const percent = POINT.exec(key)?.[1];
      if (percent === undefined) throw new CaseError(`${figures.path}.${key}: no percent of what was asked for`);
      return { key, percent: Number(percent) };
    });
    points.sort((a, b) => a.percent - b.percent);
    const at = points.map(({ percent }) => percent);
    const means = await meansOf({ nodes, pods, policy: openbPolicies[policy], at }, seeds);
    for (const [i, { key }] of points.entries()) {
      const [mean, deviation] = figures.numbers(key);
      if (mean === undefined || deviation === undefined)
        throw new CaseError(`${figures.path}.${key}: no mean and deviation`);
      const got = means[i]!.allocated;
      verdict.check(
        Math.abs(got - mean) <= DEVIATIONS * deviation,
        `${part} ${key}: got ${short(got)}, expected ${mean} within ${DEVIATIONS} of ${deviation}`,
      );
    }
    verdict.serve(part);
  };
  const published = one.fields('publishedMeanSd');
  for (const key of published.keys) {
    const policy = key.replace(/^\d+-/, '');
    if (!Object.hasOwn(openbPolicies, policy)) throw new CaseError(`unknown policy \`${key}\``);
    await compare(key, policy as OpenbPolicyName, published.fields(key));
  }
  if (!one.has('mineMeanSd')) return;
  const again = one.fields('mineMeanSd');
  for (const key of again.keys) {
    const figures = again.fields(key);
    figures.prose('n');
    const reason = whyPolicyDeclined('published', `gpu sharing again: ${key}`);
    if (reason !== null) {
      verdict.decline(`again ${key}`, reason);
      figures.prose(...figures.keys);
      continue;
    }
    if (!Object.hasOwn(AGAIN, key)) throw new CaseError(`unknown policy \`${key}\``);
    await compare(`again ${key}`, AGAIN[key]!, figures);
  }
}
