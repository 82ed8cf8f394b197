/** Side of the unit square in the picture, and where its corner (0, 0) lies. */
const SIDE = 360;
const LEFT = 70;
const BOTTOM = 410;

const x = (a: number) => LEFT + a * SIDE;
const y = (b: number) => BOTTOM - b * SIDE;

/** A point of the picture and what is said of it. */
interface Marked {
  readonly at: readonly [number, number];
  readonly label: string;
  readonly said: string;
}

const POINTS: readonly Marked[] = [
  { at: [0, 0], label: '(0, 0): 0', said: 'the minimum as written' },
  { at: [1, 0], label: '(1, 0): 5', said: 'the maximum' },
  { at: [0, 1], label: '(0, 1): 3', said: 'the minimum when all is given out' },
  { at: [0.5, 0.5], label: '(0.5, 0.5): 4', said: 'floors, ceilings, max-min, Nash' },
  { at: [0.625, 0.375], label: '(5/8, 3/8): 4.25', said: 'max-min of weighted roles' },
];

/** Draws what the example of the LP-weighted model allows, lines of equal value, and where each reading has its optimum. */
export function lpPicture(): string {
  const lines = [1, 2, 3, 4].map((value) => levelLine(value));
  const text = (at: readonly [number, number], size: number, words: string, more = '') =>
    `<text x="${at[0]}" y="${at[1]}" font-size="${size}"${more}>${words}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 470" font-family="sans-serif" fill="#222">`,
    '<title>Maximise or minimise 5 xA + 3 xB with xA + xB at most 1</title>',
    '<rect width="720" height="470" fill="#fff"/>',
    `<polygon points="${x(0)},${y(0)} ${x(1)},${y(0)} ${x(0)},${y(1)}" fill="#dbe9f6"/>`,
    ...lines,
    `<path d="M${x(0)} ${y(1.1)}V${y(0)}H${x(1.1)}" fill="none" stroke="#222"/>`,
    `<path d="M${x(0)} ${y(1)}L${x(1)} ${y(0)}" stroke="#1f5fa8" stroke-width="2"/>`,
    text([x(1.06), y(0) + 20], 15, 'xA'),
    text([x(0) - 28, y(1.06)], 15, 'xB'),
    text([x(0.14), y(0.9)], 13, 'xA + xB = 1', ' fill="#1f5fa8"'),
    text(
      [x(0.02), y(0) + 46],
      12,
      'The limit 4 xA + 5 xB = 20 lies outside: it meets the axes at 5 and 4.',
      ' fill="#666"',
    ),
    ...POINTS.flatMap(({ at: [a, b], label, said }) => [
      `<circle cx="${x(a)}" cy="${y(b)}" r="5" fill="#c0392b"/>`,
      text([x(a) + 10, y(b) - 10], 13, `${label} <tspan fill="#666">${said}</tspan>`),
    ]),
    '</svg>',
    '',
  ].join('\n');
}

/** The part of 5 xA + 3 xB = value that is allowed. */
function levelLine(value: number): string {
  const onA: readonly [number, number] = [Math.min(1, value / 5), 0];
  // Where the line meets the axis of xB or, above 3, the edge xA + xB = 1.
  const onB: readonly [number, number] = value <= 3 ? [0, value / 3] : [(value - 3) / 2, 1 - (value - 3) / 2];
  const path = `M${x(onA[0])} ${y(onA[1])}L${x(onB[0])} ${y(onB[1])}`;
  return `<path d="${path}" stroke="#999" stroke-dasharray="4 4"/><text x="${x(onA[0]) - 4}" y="${y(0) + 18}" font-size="12" fill="#666">${value}</text>`;
}
