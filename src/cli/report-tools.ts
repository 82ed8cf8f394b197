import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { SimulationError } from '../base/errors.ts';
import { unitOf } from '../experiment/choose-metrics.ts';
import { deflateBase64 } from '../platform/deflate.ts';
import type { PageTools } from '../report/html/report-page.ts';

/** Where the program of a page lies: beside the bundle, or, seen from the sources, in what was built of them. */
const PLACES = ['.', '../../dist/bin'];

/** Gives what pages are made with. */
export function reportTools(): PageTools {
  return {
    script: builtText('report-page.js').trim(),
    chartStyle: builtText('report-page.css').trim(),
    deflate: deflateBase64,
    hash: (text) => createHash('sha256').update(text).digest('base64'),
    unitOf,
  };
}

function builtText(name: string): string {
  const places = PLACES.map((place) => new URL(`${place}/${name}`, import.meta.url));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new SimulationError(`${name} was not built; npm run build makes it`);
  return readFileSync(found, 'utf8');
}
