import fc from 'fast-check';
import { ScenarioError, formatProblem } from '/work/main/src/base/errors.ts';
import { parseScenario } from '/work/main/src/scenario/parse.ts';
const base = `version: 1
name: all
seed: 007
resources: { cpus: { precision: 1e-6 } }
cluster:
  nodes:
    - name: a
      count: 3
      capacity: &cap { cpus: 4, mem: 16GB, gpus: { devices: 2 } }
      attributes: { rack: r1, fast: true }
    - { name: b, capacity: *cap }
roles: { eng/ads: { weight: 2 }, eng: {} }
frameworks:
  A: { role: eng/ads }
workload:
  - { framework: A, jobs: 3, every: { exponential: { mean: 3s } }, demand: { cpus: 1, mem: 4GB }, duration: 100s }
  - framework: B
    name: big
    tasks: 4
    demand: { gpus: 0.5, cpus: { uniform: { min: 1, max: 2 } } }
    duration: { lognormal: { mean: 60s, cv: 2 } }
    estimate: 2h
    gang: true
    constraints: { rack: [r1], fast: true }
  - trace:
      file: x.csv
      format: csv
      columns: { submit: t, duration: { column: 2, unit: ms }, framework: { value: u }, demand: { cpus: 3, mem: { column: m, unit: MB } } }
      delimiter: ";"
  - generate: { model: poisson, framework: [{ name: A }, { name: B, weight: 2 }], rate: 30/h, jobs: 10, demand: { cpus: 1 }, duration: 5s }
allocator: { name: easy, order: sjbf, list: [1, { a: 2 }] }
allocators: [fifo, { name: drf }]
until: 1d
warmup: 1h
simulation: { conventions: canonical }
thresholds: { "wait.p95": "< 5m" }
`;
const check = (text: string) => {
  const t0 = performance.now();
  let r: any;
  try { r = parseScenario(text, 's'); } catch (e: any) {
    if (!(e instanceof ScenarioError)) { console.log(JSON.stringify(text)); throw e; }
    if (e.problems.length === 0) throw new Error('none');
    let last = -1;
    const lines = text.replace(/^\uFEFF/,'').split('\n');
    for (const p of e.problems) {
      const { line, column, length, source } = p.place as any;
      const bad = !(line >= 1 && column >= 1 && length >= 1) || line > lines.length || source !== lines[line-1]!.replace(/\r$/,'') || column + length - 1 > Math.max(source.length, column);
      if (bad) { console.log(JSON.stringify(text), p); throw new Error('place'); }
      if (line * 1e6 + column < last) { console.log(e.message); throw new Error('order'); }
      last = line*1e6+column;
      if (/undefined|\[object|Invalid|received|NaN /.test(p.message + (p.suggestion ?? ''))) { console.log(e.message); throw new Error('jargon'); }
      formatProblem(p);
    }
    return e.problems.length;
  } finally { const d = performance.now()-t0; if (d > 500) console.log('slow', d, text.length); }
  const again = parseScenario(JSON.stringify(r.scenario), 's').scenario;
  if (JSON.stringify(again) !== JSON.stringify(r.scenario)) { console.log(r.scenario, again); throw new Error('idem'); }
  return 0;
};
console.log(check(base));
const bits = ['\t',' ','\n','- ',': ','{','}','[',']','&a ','*a','*cap','!x ','"',"'",'|','>','#','---','? ','~','null','-1','1e999','.nan','0x1F','true','__proto__','constructor','toString','value','name','trace','generate','demand','devices','\u0000','\ud800','😀','\r','\uFEFF',',','5x','%','@','`','<<: '];
const edit = fc.tuple(fc.nat(base.length), fc.nat(12), fc.oneof(fc.constantFrom(...bits), fc.string({maxLength: 5}), fc.constant('')));
const words = base.split(/([^A-Za-z0-9_./-]+)/);
const wordEdit = fc.tuple(fc.nat(words.length - 1), fc.oneof(fc.constantFrom(...bits), fc.constantFrom(...words), fc.string({maxLength: 8})));
const N = Number(process.argv[2] ?? 3000), seed = Number(process.argv[3] ?? Date.now());
console.log('seed', seed);
let hist: Record<number, number> = {};
const tally = (n: number) => { hist[n] = (hist[n] ?? 0) + 1; };
fc.assert(fc.property(fc.array(edit, {minLength: 1, maxLength: 4}), (edits) => { let t = base; for (const [at, del, ins] of edits) t = t.slice(0, at) + ins + t.slice(at + del); tally(check(t)); }), { numRuns: N, seed });
console.log(hist); hist = {};
fc.assert(fc.property(fc.array(wordEdit, {minLength: 1, maxLength: 4}), (edits) => { const w = [...words]; for (const [at, ins] of edits) w[at] = ins; tally(check(w.join(''))); }), { numRuns: N, seed });
console.log(hist); hist = {};
const root: any = parseScenario(base, 's').scenario;
const paths: any[][] = []; const walk = (v: any, p: any[]) => { paths.push(p); if (v && typeof v === 'object') for (const k of Object.keys(v)) walk(v[k], [...p, k]); }; walk(root, []);
const junk = fc.oneof(fc.jsonValue(), fc.constantFrom(...bits), fc.constantFrom(null, 0, -1, 1.5, 1e300, '', [], {}, {x:1}, '5s', 'GB', true));
fc.assert(fc.property(fc.array(fc.tuple(fc.nat(paths.length-1), junk, fc.constantFrom('set','delete','add')), {minLength:1, maxLength:3}), (edits) => {
  let v: any = structuredClone(root);
  for (const [i, j, how] of edits) { const p = paths[i]!; if (p.length === 0) { if (how==='set') v = j; continue; } let o = v; for (const k of p.slice(0,-1)) o = o?.[k]; if (o === null || typeof o !== 'object') continue; const k = p.at(-1)!; if (how==='set') o[k] = j; else if (how==='delete') { if (Array.isArray(o)) o.splice(Number(k),1); else delete o[k]; } else if (!Array.isArray(o)) o[typeof j === 'string' ? j : k + 'x'] = o[k]; }
  tally(check(JSON.stringify(v) ?? ''));
}), { numRuns: N, seed });
console.log(hist);
fc.assert(fc.property(fc.constantFrom(...paths), fc.array(fc.oneof(fc.constantFrom('', 'x', '0', '9', '__proto__', 'name','constructor'), fc.string({maxLength:4})),{maxLength:3}), fc.oneof(fc.constantFrom(...bits), fc.string({maxLength: 5}), fc.json()), (p, more, value) => {
  try { parseScenario(base, 's', { overrides: [{ path: [...p, ...more].join('.'), value }] }); tally(-1); } catch (e) { if (!(e instanceof ScenarioError)) { console.log(p, more, value); throw e; } if (/undefined|\[object|Invalid/.test(e.message)) throw e; tally(e.problems.length); }
}), { numRuns: N, seed });
console.log(hist);
