// Builds the package: the command line as a split bundle in dist/bin, the library and its types in dist.
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';

/** Takes our own text width for `string-width`, of which some packages import a module and some require a function. */
const ownTextWidth = {
  name: 'text-width',
  setup({ onResolve, onLoad }) {
    const path = resolve('src/cli/text-width.ts');
    onResolve({ filter: /^string-width$/ }, ({ kind }) =>
      kind === 'require-call' ? { path, namespace: 'function' } : { path },
    );
    onLoad({ filter: /./, namespace: 'function' }, () => ({
      contents: `module.exports = require(${JSON.stringify(path)}).default;`,
      resolveDir: import.meta.dirname,
    }));
  },
};

rmSync('dist', { recursive: true, force: true });
await build({
  // Threads, of runs and of child processes, are started from files of their own, beside those that start them.
  entryPoints: {
    allot: 'src/cli/main.ts',
    'child-worker': 'src/platform/child-worker.js',
    'run-worker': 'src/cli/run-worker.ts',
  },
  outdir: 'dist/bin',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 160,
  // The yaml package gives Node modules that cannot be shaken; its other build is the same code.
  alias: { 'wrap-ansi': './src/cli/wrap-text.ts', yaml: './node_modules/yaml/browser/index.js' },
  plugins: [ownTextWidth],
  // They find further files beside themselves, and are loaded by those who need them alone.
  external: ['bullmq', 'highs', 'piscina'],
  legalComments: 'none',
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
// The program of report pages; its own, uPlot included, is a script of the page.
await build({
  entryPoints: { 'report-page': 'src/report/page/main.ts' },
  outdir: 'dist/bin',
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
});
await build({
  entryPoints: { 'report-page': 'node_modules/uplot/dist/uPlot.min.css' },
  outdir: 'dist/bin',
  minify: true,
  logLevel: 'warning',
});
chmodSync('dist/bin/allot.js', 0o755);
const types = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
process.exit(types.status ?? 1);
