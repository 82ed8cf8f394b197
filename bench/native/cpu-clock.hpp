// What the twins that time a part of themselves share: a clock of the CPU time of this process, and a generator of
// numbers that bench/harness/xorshift.ts gives too.
#pragma once
#include <time.h>

#include <cstdint>

// Seconds of CPU that this process has used, user and system.
inline double cpuSeconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

// Marsaglia's xorshift of 32 bits; never 0.
struct Xorshift {
  uint32_t x = 2463534242u;
  uint32_t next() {
    x ^= x << 13;
    x ^= x >> 17;
    return x ^= x << 5;
  }
};
