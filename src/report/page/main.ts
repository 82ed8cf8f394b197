import { drawChart } from './charts.ts';
import { decode } from './decode.ts';
import { drawGantt } from './gantt.ts';
import { armThemeButton } from './ink.ts';
import type { PageData } from './page-data.ts';

/** Draws the charts of a report; the rest of the page stands there already. */
async function main(): Promise<void> {
  armThemeButton(document.getElementById('theme')!);
  const data = JSON.parse(document.getElementById('data')!.textContent!) as PageData;
  const packs = await Promise.all(data.packs.map((entries, i) => decode(`pack-${i}`, entries)));
  for (const chart of data.charts) drawChart(chart, packs[chart.pack]!);
  for (const gantt of data.gantts) drawGantt(gantt, packs[gantt.pack]!);
  document.documentElement.dataset['drawn'] = 'true';
}

void main();
