/**
 * Order of events that share an instant: a round takes the phases in this order; inside a phase the event that was
 * scheduled first fires first.
 */
export const Phase = { complete: 0, node: 1, arrive: 2, decide: 3, timer: 4, observe: 5 } as const;

export type Phase = (typeof Phase)[keyof typeof Phase];
