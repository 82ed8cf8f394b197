/** Opens Marsaglia's xorshift of 32 bits, as `bench/native/cpu-clock.hpp` has it; gives whole numbers above 0. */
export function xorshift(): () => number {
  let x = 2_463_534_242;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    x >>>= 0;
    return x;
  };
}
