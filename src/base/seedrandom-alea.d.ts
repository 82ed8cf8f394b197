declare module 'seedrandom/lib/alea.js' {
  interface Prng {
    /** 53 bits in [0, 1). */
    double(): number;
  }
  export default function alea(seed: string): Prng;
}
