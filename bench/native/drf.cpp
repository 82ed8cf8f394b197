// The twin of bench/drf.ts: a tournament tree over weighted dominant shares. The role with the least share is given a
// task, and the oldest task of all ends; lower roles win ties.
// Usage: drf <roles> <operations>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "cpu-clock.hpp"

constexpr int RESOURCES = 3;

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const int roles = std::atoi(argv[1]);
  const int operations = std::atoi(argv[2]);
  const int running = std::max(1000, 4 * roles);

  Xorshift random;
  std::vector<double> demand(roles * RESOURCES), used(roles * RESOURCES, 0), weight(roles);
  for (int role = 0; role < roles; role++) {
    weight[role] = 1 + random.next() % 3;
    for (int r = 0; r < RESOURCES; r++) demand[role * RESOURCES + r] = 1 + random.next() % 16;
  }
  double total[RESOURCES];
  for (int r = 0; r < RESOURCES; r++) total[r] = (8.0 + 4 * r) * running;

  int size = 1;
  while (size < roles) size *= 2;
  std::vector<double> key(size, 1e300);
  std::vector<int> winner(2 * size);
  for (int i = 0; i < size; i++) winner[size + i] = i;
  std::fill(key.begin(), key.begin() + roles, 0);
  const auto play = [&](int row) {
    const int a = winner[2 * row], b = winner[2 * row + 1];
    return key[b] < key[a] ? b : a;
  };
  for (int row = size - 1; row >= 1; row--) winner[row] = play(row);

  const auto change = [&](int role, double sign) {
    double share = 0;
    for (int r = 0; r < RESOURCES; r++) {
      double& amount = used[role * RESOURCES + r];
      amount += sign * demand[role * RESOURCES + r];
      share = std::max(share, amount / total[r]);
    }
    key[role] = share / weight[role];
    for (int row = (size + role) >> 1; row >= 1; row >>= 1) winner[row] = play(row);
  };

  std::vector<int> given(running, -1);  // a ring: the oldest task stands where the next one goes
  int oldest = 0;
  uint32_t hash = 0;
  const auto operate = [&](int count) {
    for (int i = 0; i < count; i++) {
      if (given[oldest] >= 0) change(given[oldest], -1);
      const int role = winner[1];
      change(role, 1);
      hash = hash * 31 + role;
      given[oldest] = role;
      if (++oldest == running) oldest = 0;
    }
  };
  operate(running + operations / 5);
  const double began = cpuSeconds();
  operate(operations);
  std::printf("{\"cpu\": %.9f, \"answer\": {\"picks\": %u}}\n", cpuSeconds() - began, hash);
}
