import { spawnSync } from 'node:child_process';

/** Why tests of programs in Python cannot run here, or null. */
export const pythonProblem: string | null =
  spawnSync('python3', ['--version']).status === 0 ? null : 'there is no python3 here';
