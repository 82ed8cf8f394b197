/** Looks at who holds and wants what at one instant; see {@link fairnessProperties} for the formulas. */
export interface FairnessGauge {
  /** The most dominant share that a user with queued tasks would gain by having what another one holds. */
  readonly envy: number;
  /** The largest part that one with queued tasks lacks of what its part of the cluster would hold. */
  readonly missing: number;
  /** Whether what is free would hold another mean task of one with queued tasks. */
  readonly hasRoom: boolean;
  /** Steps of {@link look} up to which every change is worth a look. */
  readonly exactSteps: number;
  /** Steps taken so far. */
  readonly steps: number;
  /** Looks at what stands now; false, and the values mean nothing, unless someone waits and two users are active. */
  look(): boolean;
}
