// The twin of bench/drf.ts: a tournament tree over weighted dominant shares. The role with the least share is given a
// task, and the oldest task of all ends; lower roles win ties.
// Usage: drf <roles> <operations> tournament|share-tree
// `share-tree` does what a tree of roles and frameworks asks for: each role sums its frameworks up, rescaled to the least
// of those with something queued, and has a contest of them; and it looks whether the cluster has run out of something.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "cpu-clock.hpp"

constexpr int RESOURCES = 3;
constexpr double NEVER = 1e300;

struct Framework {
  double used[RESOURCES] = {}, share = 0;
  int queued = 1;
};

struct Role {
  std::vector<int> frameworks;
  double used[RESOURCES] = {}, share = 0;
  int first = 0;  // the framework that is next, as a position
};

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const bool hasFrameworks = std::strcmp(argv[3], "share-tree") == 0;
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
  std::vector<double> key(size, NEVER);
  std::vector<int> winner(2 * size);
  for (int i = 0; i < size; i++) winner[size + i] = i;
  std::fill(key.begin(), key.begin() + roles, 0);
  const auto play = [&](int row) {
    const int a = winner[2 * row], b = winner[2 * row + 1];
    return key[b] < key[a] ? b : a;
  };
  for (int row = size - 1; row >= 1; row--) winner[row] = play(row);

  const auto enter = [&](int role, double entry) {
    key[role] = entry;
    for (int row = (size + role) >> 1; row >= 1; row >>= 1) winner[row] = play(row);
  };

  std::vector<Framework> frameworks(roles);
  std::vector<Role> tree(roles);
  for (int role = 0; role < roles; role++) tree[role].frameworks.push_back(role);
  const auto sumUp = [&](int number) {
    Role& role = tree[number];
    double least = NEVER, firstShare = NEVER;
    for (int i : role.frameworks) {
      const Framework& one = frameworks[i];
      if (one.queued > 0 && one.share > 0) least = std::min(least, one.share);
    }
    std::fill(role.used, role.used + RESOURCES, 0);
    bool saturated = true;
    for (size_t position = 0; position < role.frameworks.size(); position++) {
      const Framework& one = frameworks[role.frameworks[position]];
      const double factor = one.queued > 0 && one.share > 0 ? least / one.share : 1;
      for (int r = 0; r < RESOURCES; r++) role.used[r] += one.used[r] * factor;
      if (one.queued == 0) continue;
      saturated = false;
      if (one.share < firstShare) firstShare = one.share, role.first = position;
    }
    role.share = 0;
    for (int r = 0; r < RESOURCES; r++) role.share = std::max(role.share, role.used[r] / total[r]);
    enter(number, saturated ? NEVER : role.share / weight[number]);
  };
  std::vector<double> totalFree(total, total + RESOURCES);
  std::vector<int> exhausted(RESOURCES, 0);
  const auto watchExhaustion = [&] {
    bool moved = false;
    for (int r = 0; r < RESOURCES; r++) {
      if ((totalFree[r] == 0) == (exhausted[r] == 1)) continue;
      exhausted[r] ^= 1;
      moved = true;
    }
    if (moved) for (int role = 0; role < roles; role++) sumUp(role);
  };

  const auto change = [&](int role, double sign) {
    double share = 0;
    for (int r = 0; r < RESOURCES; r++) {
      double& amount = used[role * RESOURCES + r];
      amount += sign * demand[role * RESOURCES + r];
      share = std::max(share, amount / total[r]);
    }
    if (!hasFrameworks) {
      enter(role, share / weight[role]);
      return;
    }
    Framework& framework = frameworks[role];
    std::copy_n(&used[role * RESOURCES], RESOURCES, framework.used);
    framework.share = share;
    sumUp(role);
    if (sign > 0) watchExhaustion();
  };

  std::vector<int> given(running, -1);  // a ring: the oldest task stands where the next one goes
  int oldest = 0;
  uint32_t hash = 0;
  const auto operate = [&](int count) {
    for (int i = 0; i < count; i++) {
      if (given[oldest] >= 0) change(given[oldest], -1);
      const int role = hasFrameworks ? tree[winner[1]].frameworks[tree[winner[1]].first] : winner[1];
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
