import { ScenarioError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { figures } from '../report/figures/registry.ts';
import { figureSvg, PAPER } from '../report/figures/svg.ts';
import { print, tell } from './output.ts';
import { readRunFolders } from './read-run-folder.ts';
import { writeText } from './write-text.ts';

/** What `plot` is told. */
export interface PlotArguments {
  readonly dir: string[];
  readonly figure: string;
  readonly out?: string | undefined;
}

/** Draws one figure of one run, or of several side by side, to a file or standard output. */
export async function plotAndWrite({ dir, figure: wanted, out }: PlotArguments): Promise<void> {
  const figure = figures.find(({ name }) => name === wanted);
  if (figure === undefined) {
    const names = figures.map(({ name }) => name);
    const suggestion = didYouMean(wanted, names);
    const message = `there is no figure \`${wanted}\`; there are ${names.join(', ')}`;
    throw new ScenarioError([{ path: '', message, ...(suggestion && { suggestion }) }]);
  }
  const svg = figureSvg(figure, await readRunFolders(dir), PAPER);
  if (out === undefined) {
    await print(svg);
    return;
  }
  writeText(out, svg);
  tell(`wrote ${out}`);
}
