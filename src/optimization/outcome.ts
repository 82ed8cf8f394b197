/** What became of a model; that there is no optimum is an answer and no error. */
export type Outcome = Optimal | Stopped | NoOptimum;

/** A proven optimum. */
export interface Optimal {
  readonly status: 'optimal';
  readonly objective: number;
  /** One a variable; whole where it must be. */
  readonly values: Float64Array;
  /** Each row's a·x. */
  readonly activities: Float64Array;
  /**
   * How much the objective grows for each unit that a row's binding limit goes up; zero where none binds. At a
   * degenerate optimum it is one of several such figures. All zero for a model with whole variables.
   */
  readonly duals: Float64Array;
  /** How much the objective grows for each unit that a variable's binding limit goes up. */
  readonly reducedCosts: Float64Array;
  /** Steps of the simplex method, or nodes of the search tree. */
  readonly iterations: number;
}

/** The best that was found when the search ran into its limit of nodes. */
export interface Stopped {
  readonly status: 'stopped';
  readonly objective: number;
  readonly values: Float64Array;
  readonly activities: Float64Array;
  /** No solution can be better than this. */
  readonly bound: number;
  readonly iterations: number;
}

/** `failed`: the solver gave up, or its answer did not pass the check. */
export interface NoOptimum {
  readonly status: 'infeasible' | 'unbounded' | 'failed';
  readonly reason: string;
}

/** Rows and variables whose limits cannot all hold; without any one of them the others can. */
export interface Conflict {
  readonly rows: readonly number[];
  readonly variables: readonly number[];
}
