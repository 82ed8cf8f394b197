import type { LinearModel } from './linear-model.ts';

/** The coefficients of a model by variable, and within one by row, as solvers take them. */
export interface CompressedColumns {
  /** Where each variable's coefficients begin; one more than there are variables. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/**
 * Orders the coefficients of a model by variable and row, in time linear in their number.
 *
 * @throws RangeError if a row and variable have two coefficients.
 */
export function compressedColumns(model: LinearModel): CompressedColumns {
  const byRow = counted(model.terms.row, model.rows, model.size);
  const order = new Int32Array(model.size);
  for (let k = 0; k < model.size; k++) order[byRow[model.terms.row[k]!]!++] = k;
  const starts = counted(model.terms.variable, model.variables, model.size);
  const next = starts.slice();
  const rows = new Int32Array(model.size);
  const values = new Float64Array(model.size);
  for (const k of order) {
    const variable = model.terms.variable[k]!;
    const at = next[variable]!++;
    rows[at] = model.terms.row[k]!;
    values[at] = model.terms.value[k]!;
    if (at > starts[variable]! && rows[at - 1] === rows[at]) {
      throw new RangeError(`row ${rows[at]} has two coefficients of variable ${variable}`);
    }
  }
  return { starts, rows, values };
}

/** Gives where each key's entries begin, and one more place: where the last ones end. */
function counted(keys: Int32Array, kinds: number, size: number): Int32Array {
  const starts = new Int32Array(kinds + 1);
  for (let k = 0; k < size; k++) starts[keys[k]! + 1] = starts[keys[k]! + 1]! + 1;
  for (let kind = 0; kind < kinds; kind++) starts[kind + 1] = starts[kind + 1]! + starts[kind]!;
  return starts;
}
