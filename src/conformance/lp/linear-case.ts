import { LinearModel } from '../../optimization/linear-model.ts';
import { CaseError, type Fields } from '../fields.ts';

/** A model as a case file writes it, with the names of its variables in order. */
export interface LinearCase {
  readonly model: LinearModel;
  readonly names: readonly string[];
}

/**
 * Reads a model of `sense`, `vars` and `rows`.
 *
 * @param relaxed whether whole variables may be fractions.
 */
export function linearCase(fields: Fields, relaxed = false): LinearCase {
  const sense = fields.text('sense');
  if (sense !== 'min' && sense !== 'max') throw new CaseError(`${fields.path}.sense: unknown sense \`${sense}\``);
  const model = new LinearModel(sense === 'min' ? 'minimize' : 'maximize');
  const numbers = new Map<string, number>();
  for (const variable of fields.items('vars')) {
    const name = variable.text('name');
    if (numbers.has(name)) throw new CaseError(`${variable.path}: a second variable \`${name}\``);
    const lower = variable.has('lb') ? variable.number('lb') : Number.NEGATIVE_INFINITY;
    const upper = variable.has('ub') ? variable.number('ub') : Number.POSITIVE_INFINITY;
    const integer = variable.has('integer') && variable.flag('integer');
    numbers.set(name, model.addVariable(variable.number('obj'), lower, upper, integer && !relaxed));
  }
  for (const row of fields.items('rows')) {
    row.prose('name');
    const [lower, upper] = limitsOf(row);
    const number = model.addRow(lower, upper);
    const terms = row.fields('terms');
    for (const name of terms.keys) {
      const variable = numbers.get(name);
      if (variable === undefined) throw new CaseError(`${terms.path}: there is no variable \`${name}\``);
      model.addTerm(number, variable, terms.number(name));
    }
  }
  return { model, names: [...numbers.keys()] };
}

function limitsOf(row: Fields): [number, number] {
  const limit = row.number('rhs');
  const op = row.text('op');
  if (op === '<=') return [Number.NEGATIVE_INFINITY, limit];
  if (op === '>=') return [limit, Number.POSITIVE_INFINITY];
  if (op === '=') return [limit, limit];
  throw new CaseError(`${row.path}.op: unknown operator \`${op}\``);
}
