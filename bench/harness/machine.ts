import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';

/** Describes the machine by what measurements depend on; it has no name. */
export function describeMachine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / (1024 * 1024 * 1024));
  return `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown CPU'}, ${memory} GiB, Node ${process.versions.node}, ${compilerVersion() ?? 'no C++ compiler'}`;
}

/** Gives the load of the last minute, with one digit. */
export function load(): string {
  return loadavg()[0]!.toFixed(1);
}

/** The first line of what g++ says of itself, or null where there is none. */
export function compilerVersion(): string | null {
  const { status, stdout } = spawnSync('g++', ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0]! : null;
}
