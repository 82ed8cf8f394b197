import { expect, test } from 'vitest';
import { parseScenario } from '../../../src/scenario/parse.ts';

const TEN = `version: 1
cluster:
  nodes:
    - name: pool
      count: -4
      capacity: { cpus: 9, mem: 18XB }
    - name: spare
      capcity: { cpus: 4, gpus: { devices: 2 } }
      attributes: { rack: r1 }
frameworks:
  A: { role: eng/adds }
roles:
  eng/ads: { weight: 2 }
workload:
  - { framework: A, demand: { cpu: 1 }, duration: 5s }
  - framework: B
    demand: { gpus: 1.5 }
    constraints: { rack: [r1, r2] }
    duration: { lognorml: { mean: 60s, cv: 2 } }
  - generate: { model: poisson, framework: A, rate: 3/s, demand: { cpus: 1 }, duration: 5s }
allocater: drf
`;

test('ten different mistakes are ten problems, each with its place, a caret and a way out where there is one', () => {
  expect(() => parseScenario(TEN, 'ten.yaml')).toThrowErrorMatchingInlineSnapshot(`
    [ScenarioError: ten.yaml:5:14: cluster.nodes.0.count: must be a whole number of 1 or more, not \`-4\`
         5 |       count: -4
           |              ^^
    ten.yaml:6:33: cluster.nodes.0.capacity.mem: must be an amount of mem in MiB, such as 512, or 4GB, not the text \`18XB\`
         6 |       capacity: { cpus: 9, mem: 18XB }
           |                                 ^^^^
    ten.yaml:8:7: cluster.nodes.1.capcity: unknown key \`capcity\` (rename \`capcity\` to \`capacity\`, which is missing)
         8 |       capcity: { cpus: 4, gpus: { devices: 2 } }
           |       ^^^^^^^
    ten.yaml:11:14: frameworks.A.role: \`roles\` has no \`eng/adds\` (did you mean \`eng/ads\`?)
        11 |   A: { role: eng/adds }
           |              ^^^^^^^^
    ten.yaml:15:31: workload.0.demand.cpu: no node has \`cpu\` (did you mean \`cpus\`?)
        15 |   - { framework: A, demand: { cpu: 1 }, duration: 5s }
           |                               ^^^
    ten.yaml:17:21: workload.1.demand.gpus: must be a share of one device or whole devices, not \`1.5\` (write 2, or at most 1)
        17 |     demand: { gpus: 1.5 }
           |                     ^^^
    ten.yaml:18:31: workload.1.constraints.rack.1: no node has \`rack\` \`r2\` (did you mean \`r1\`?)
        18 |     constraints: { rack: [r1, r2] }
           |                               ^^
    ten.yaml:19:17: workload.1.duration.lognorml: unknown distribution \`lognorml\` (did you mean \`lognormal\`?)
        19 |     duration: { lognorml: { mean: 60s, cv: 2 } }
           |                 ^^^^^^^^
    ten.yaml:20:5: workload.2.generate: \`jobs\` or \`until\` is missing: how many jobs to draw, or for how long
        20 |   - generate: { model: poisson, framework: A, rate: 3/s, demand: { cpus: 1 }, duration: 5s }
           |     ^^^^^^^^
    ten.yaml:21:1: allocater: unknown key \`allocater\` (did you mean \`allocator\`?)
        21 | allocater: drf
           | ^^^^^^^^^]
  `);
});
