/** The whole numbers that a double holds apart, written as numbers are. */
const NUMBER = /^(?:0|[1-9]\d{0,14})$/;

/** Gives a job's name as it is kept: one that is written as a whole number is that number. */
export function jobName(text: string): string | number {
  return NUMBER.test(text) ? Number(text) : text;
}
