// Builds the package: the command line as a bundle with its bytecode in dist/bin, the library and its types in dist.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Gives the parser of the command line nothing to look for in the package.json of whichever folder it is started in. */
const noPackageOfOthers = {
  name: 'no-package-of-others',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^escalade\/sync$/ }, ({ path }) => ({ path, namespace: 'found-nowhere' }));
    onLoad({ filter: /./, namespace: 'found-nowhere' }, () => ({ contents: 'export default () => undefined;' }));
  },
};

/** What draws figures is as large as all else together: bundles of their own, which are read when a figure is drawn. */
const DRAWING = { 'observable-plot': '@observablehq/plot', linkedom: 'linkedom' };

const drawingApart = {
  name: 'drawing-apart',
  setup({ onResolve }) {
    for (const [name, from] of Object.entries(DRAWING))
      onResolve({ filter: new RegExp(`^${from}$`) }, ({ kind }) =>
        kind === 'entry-point' ? undefined : { path: `./${name}.js`, external: true },
      );
  },
};

/** How everything for Node is bundled. */
const forNode = {
  outdir: 'dist/bin',
  bundle: true,
  // One file, as its bytecode can be kept, and each further one costs a start its own reading. What is imported on
  // demand is evaluated on demand.
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 160,
  // The yaml package gives Node modules that cannot be shaken; its other build is the same code.
  alias: { 'wrap-ansi': './src/cli/wrap-text.ts', yaml: './node_modules/yaml/browser/index.js' },
  plugins: [ownTextWidth, noPackageOfOthers, drawingApart],
  // They find further files beside themselves, and are loaded by those who need them alone.
  external: ['bullmq', 'highs', 'piscina'],
  // A script that was loaded with its bytecode cannot import, but require.
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  define: { 'import.meta.url': '__fileUrl' },
  logLevel: 'warning',
};
const FILE_URL = "const __fileUrl=require('node:url').pathToFileURL(__filename).href;";

rmSync('dist', { recursive: true, force: true });
await build({
  ...forNode,
  entryPoints: { 'command-line': 'src/cli/command-line.ts' },
  // A function that is a module's export, and the value of the file where it is run as a script.
  banner: {
    js: `(typeof module==="undefined"?{}:module).exports=(function(exports,require,module,__filename,__dirname){${FILE_URL}`,
  },
  footer: { js: '})' },
});
await build({
  ...forNode,
  // Threads of child processes are started from a file of their own, beside those that start them.
  entryPoints: { 'child-worker': 'src/platform/child-worker.js', ...DRAWING },
  banner: { js: FILE_URL },
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
writeFileSync('dist/bin/package.json', '{ "type": "commonjs" }\n');
for (const [from, to] of [
  ['start.cjs', 'allot.js'],
  ['start-thread.cjs', 'run-worker.js'],
  ['load-compiled.cjs', 'load-compiled.cjs'],
  ['keep-bytecode.cjs', 'keep-bytecode.cjs'],
])
  copyFileSync(`src/cli/${from}`, `dist/bin/${to}`);
chmodSync('dist/bin/allot.js', 0o755);
const node = (...words) => {
  const { status } = spawnSync(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
};
node('dist/bin/keep-bytecode.cjs');
const types = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
process.exit(types.status ?? 1);
