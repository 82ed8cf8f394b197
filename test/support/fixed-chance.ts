import fc from 'fast-check';

// A change must not fail by the luck of the draw: the usual suite draws the same examples each time. The full suite
// draws new ones; a failure names its seed, and ALLOT_SEED draws the same again.
const { ALLOT_FULL, ALLOT_SEED } = process.env;
if (ALLOT_SEED !== undefined) fc.configureGlobal({ seed: Number(ALLOT_SEED) });
else if (ALLOT_FULL !== '1') fc.configureGlobal({ seed: 20_261_122 });
