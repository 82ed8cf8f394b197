import type { ByteSource } from '../../base/byte-source.ts';
import { ScenarioError } from '../../base/errors.ts';
import { at, isObject, type JsonObject, parseJson, readDocument } from './document.ts';

/** How fast kinds of jobs go on each kind of worker, in steps a second. */
export interface Throughputs {
  /** Steps a second on the reference, alone; NaN where the table does not tell. */
  onReference(jobType: string, scaleFactor: number): number;
  /** By kind of worker the ratio to the reference; 0 where a job does not fit, or the table does not tell. */
  ratios(jobType: string, scaleFactor: number): Readonly<Record<string, number>>;
}

/** Throughputs of jobs whose workers are not on one server; a run knows no servers of several workers. */
const APART = /_unconsolidated$/;

/** Reads Gavel's table of measured throughputs; throws a ScenarioError where it is none, or has no such reference. */
export async function readThroughputs(bytes: ByteSource, reference: string): Promise<Throughputs> {
  const table = parseJson(await readDocument(bytes), bytes.name);
  const known = isObject(table) ? Object.keys(table).filter((type) => isObject(table[type])) : [];
  if (known.length === 0) {
    throw new ScenarioError('throughputs are a mapping of kinds of workers to jobs', { file: bytes.name });
  }
  if (!known.includes(reference)) {
    const message = `the throughputs tell of ${known.join(', ')}, and not of \`${reference}\``;
    throw new ScenarioError([{ path: 'options.reference', message, place: { file: bytes.name } }]);
  }
  const types = known.filter((type) => !APART.test(type));
  const alone = (type: string, key: string): number => {
    const steps = at((table as JsonObject)[type], key, 'null');
    return typeof steps === 'number' && steps >= 0 ? steps : Number.NaN;
  };
  return {
    onReference: (jobType, scaleFactor) => alone(reference, tuple(jobType, scaleFactor)),
    ratios(jobType, scaleFactor) {
      const key = tuple(jobType, scaleFactor);
      const base = alone(reference, key);
      return Object.fromEntries(types.map((type) => [type, (alone(type, key) || 0) / base]));
    },
  };
}

/** The key of a kind of job, which is a tuple as Python prints it. */
function tuple(jobType: string, scaleFactor: number): string {
  const quote = jobType.includes("'") && !jobType.includes('"') ? '"' : "'";
  const text = jobType.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return `(${quote}${text}${quote}, ${scaleFactor})`;
}
