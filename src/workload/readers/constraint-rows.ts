import type { WorkloadContext } from '../workload-source.ts';

/** Gives the row of the run's constraints for nodes whose attribute has one of the values that a cell lists, `V100|T4`. */
export function constraintRows(attribute: string, { constraint }: Pick<WorkloadContext, 'constraint'>) {
  const known = new Map([['', 0]]);
  return (cell: string): number => {
    let row = known.get(cell);
    if (row === undefined) {
      const values = cell.split('|').filter((value) => value !== '');
      row = values.length === 0 ? 0 : constraint({ [attribute]: values });
      known.set(cell, row);
    }
    return row;
  };
}
