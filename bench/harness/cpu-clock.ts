/** Gives the CPU seconds, user and system, of all threads of this process so far. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Prints what a program that times a part of itself has found; see `Sample`. */
export function report(cpu: number, answer: Record<string, number>, parts: Record<string, number> = {}): void {
  console.log(JSON.stringify({ cpu, answer, parts }));
}
