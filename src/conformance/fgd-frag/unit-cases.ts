import { fragmentOf, idleBelow, type NodeRoom } from '../../cluster/fragmentation.ts';
import { CaseError, type Fields } from '../fields.ts';
import { gpuPackingScore, tightestFit } from '../openb/published-scores.ts';
import type { Verdict } from '../verdict.ts';
import type { TypicalPods } from './typical-pods.ts';

/** Finds a set of typical pods by its name. */
export type FindPods = (name: string) => TypicalPods;

type Check = (one: Fields, verdict: Verdict, pods: FindPods) => void;

const KINDS: Readonly<Record<string, Check>> = {
  node_fragment_milli: nodeFragment,
  'sum of free milli on devices smaller than the request': unusable,
  'GpuPacking score': packingScore,
  'tightest-fit device subtraction': subtraction,
};

/** One figure of one node, as unit tests of the published program state it. */
export function unitCase(one: Fields, verdict: Verdict, pods: FindPods): void {
  one.prose('id', 'source', 'note', 'ours');
  const kind = one.text('kind');
  const check = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (check === undefined) throw new CaseError(`unknown kind \`${kind}\``);
  check(one, verdict, pods);
  verdict.serve(kind);
}

function nodeFragment(one: Fields, verdict: Verdict, pods: FindPods): void {
  const { mix, mayRun } = pods(one.text('typical_pods'));
  const node = one.fields('node');
  const fragment = fragmentOf(mix, roomOf(node), mayRun(node.text('gpu_type'))) / mix.of;
  verdict.near('fragment', fragment, one.number('expected'), toleranceOf(one));
}

function unusable(one: Fields, verdict: Verdict): void {
  const devices = Float64Array.from(one.numbers('gpu_milli_free'));
  verdict.near('unusable', idleBelow(devices, one.number('request_milli')), one.number('expected'), toleranceOf(one));
}

function packingScore(one: Fields, verdict: Verdict): void {
  const devices = Float64Array.from(one.numbers('gpu_milli_free'));
  const score = gpuPackingScore(devices, one.number('request_milli'), one.number('request_count'));
  if (score === null) throw new CaseError('the node has no room for the request');
  verdict.same('score', score, one.number('expected'));
}

function subtraction(one: Fields, verdict: Verdict): void {
  const request = one.fields('request');
  const devices = Float64Array.from(one.numbers('gpu_milli_free'));
  const each = request.number('gpu_milli');
  const chosen = tightestFit(devices, each, request.number('gpu_count'));
  const cpu = one.number('cpu_milli_free') - request.number('cpu_milli');
  if (chosen === null || cpu < 0) throw new CaseError('the node has no room for the request');
  for (const d of chosen) devices[d] = devices[d]! - each;
  const expected = one.fields('expected');
  verdict.same('cpu', cpu, expected.number('cpu_milli_free'));
  verdict.same('devices', [...devices], expected.numbers('gpu_milli_free'));
}

function roomOf(node: Fields): NodeRoom {
  return {
    devices: Float64Array.from(node.numbers('gpu_milli_free')),
    rest: Float64Array.of(node.number('cpu_milli_free')),
  };
}

function toleranceOf(one: Fields): number | undefined {
  return one.has('tol') ? one.positive('tol') : undefined;
}
