/** A scenario to begin with; printed by `allot init`. */
export interface Template {
  readonly name: string;
  readonly summary: string;
  readonly text: string;
}

const HEAD = `# yaml-language-server: $schema=https://unpkg.com/allot/schema/scenario.schema.json
version: 1
`;

/** What `allot init` offers. */
export const templates: readonly Template[] = [
  {
    name: 'shares',
    summary: 'two frameworks with unlike demands share a small cluster',
    text: `${HEAD}name: my-shares
seed: 1

# A cluster is groups of like nodes. mem and disk are in MiB unless a unit is given.
cluster:
  nodes:
    - { name: node, count: 4, capacity: { cpus: 8, mem: 16GB } }

# Roles are what shares are given to. A weight of 2 is worth twice the share.
roles:
  analytics: { weight: 1 }
  web: { weight: 2 }

# Who submits the work, and for which role.
frameworks:
  spark: { role: analytics }
  rails: { role: web }

workload:
  - { framework: spark, jobs: 20, every: 30s, tasks: 8, demand: { cpus: 1, mem: 3GB }, duration: { lognormal: { mean: 120s, cv: 1 } } }
  - { framework: rails, jobs: 40, every: 15s, tasks: 2, demand: { cpus: 2, mem: 512MB }, duration: { exponential: { mean: 60s } } }

# Try fifo, sjf or random: \`allot allocators\` lists all of them.
allocator: { name: drf, placement: best-fit }
`,
  },
  {
    name: 'poisson',
    summary: 'random arrivals with durations of your choice',
    text: `${HEAD}name: my-queue
seed: 1

cluster:
  nodes:
    - { name: pool, capacity: { cpus: 64 } }

workload:
  - generate:
      model: poisson
      framework:
        - { name: alice, weight: 2 }
        - { name: bob, weight: 1 }
      rate: 120/h
      jobs: 5000
      demand: { cpus: { uniform: { min: 1, max: 8 } } }
      duration: { lognormal: { mean: 5m, cv: 2 } }
      estimate: { uniform: { min: 10m, max: 2h } }

allocator: { name: sjf, queue: skip }

# Leave the filling of the empty system out of the figures.
warmup: 1h

# A run that misses one of these ends with exit code 3.
thresholds:
  wait.p95: "< 30m"
`,
  },
  {
    name: 'trace',
    summary: 'a log in the Standard Workload Format on one pool of processors',
    text: `${HEAD}name: my-trace
seed: 1

cluster:
  nodes:
    - { name: pool, capacity: { cpus: 100 } }

workload:
  - trace:
      file: log.swf.gz          # relative to this file
      format: swf
      framework-by: user        # user | group | queue | none
      as: pool                  # pool | gang
      past-estimate: overrun    # overrun | kill | extend
      zero-run-time: skip       # skip | keep

allocator: fifo
`,
  },
];
