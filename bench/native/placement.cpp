// The twin of bench/placement.ts: first, best and worst fit of tasks with three resources, by a grid of heaps or by a
// look at every node. A grid cuts what is free at the sizes of demand; nodes of one cell stand in a heap by the order
// of the placement. Cells above a demand offer their first node; cells across it are searched from the top.
// Usage: placement <history> grid|scan first-fit|best-fit|worst-fit <searches> <searches of the short answer>
// A history is what bench/harness/placement-history.ts writes; of it the first searches are not timed.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <numeric>
#include <vector>

#include "cpu-clock.hpp"

constexpr int R = 3, BITS = 20;
constexpr int64_t NEVER = INT64_MAX, MASK = (1 << BITS) - 1;
struct Amounts {
  int32_t of[R];
};

static std::vector<Amounts> capacity, freed;
static std::vector<int> classOf;
static int64_t weights[R];
static int64_t sign = 0;  // 0: by number, 1: least left first, -1: most left first

static bool fits(const Amounts& demand, int node) {
  bool all = true;
  for (int r = 0; r < R; r++) all &= freed[node].of[r] >= demand.of[r];
  return all;
}

// The order of the placement and the node's number in one integer; among nodes of one class it does not ask for the demand.
static int64_t keyOf(int node) {
  int64_t score = 0;
  for (int r = 0; r < R; r++) score += freed[node].of[r] * (capacity[node].of[r] ? weights[r] : 0);
  return sign * score * (1 << BITS) + node;
}

// What decides between nodes of unlike classes: the order after the task.
static int64_t after(const Amounts& demand, int64_t key) {
  int64_t score = 0;
  const Amounts& all = capacity[key & MASK];
  for (int r = 0; r < R; r++) score += demand.of[r] * (all.of[r] ? weights[r] : 0);
  return key - sign * score * (1 << BITS);
}

struct Grid {
  Amounts whole;  // capacity of each node here
  std::vector<int32_t> limits[R];
  int levels[R];
  std::vector<std::vector<int64_t>> heap;
  std::vector<int64_t> top;  // key of each cell's first node
  std::vector<int> cellOf, slotOf;

  Grid(const std::vector<int32_t> (&sizes)[R], const std::vector<int>& nodes)
      : whole(capacity[nodes[0]]), cellOf(capacity.size()), slotOf(capacity.size()) {
    for (int r = 0; r < R; r++) {
      for (int32_t size : sizes[r]) if (size <= whole.of[r]) limits[r].push_back(size);
      levels[r] = limits[r].size() + 1;
    }
    heap.resize(levels[0] * levels[1] * levels[2]);
    top.assign(heap.size(), NEVER);
    for (int node : nodes) insert(node);
  }
  int cell(int node) const {
    int at = 0;
    for (int r = 0; r < R; r++) {
      int level = 0;
      for (int32_t limit : limits[r]) level += freed[node].of[r] >= limit;
      at = at * levels[r] + level;
    }
    return at;
  }
  void put(std::vector<int64_t>& row, int slot, int64_t key) {
    row[slot] = key;
    slotOf[key & MASK] = slot;
  }
  void sift(int c, int slot, int64_t key) {
    auto& row = heap[c];
    const int length = row.size();
    while (slot > 0 && key < row[(slot - 1) / 2]) {
      put(row, slot, row[(slot - 1) / 2]);
      slot = (slot - 1) / 2;
    }
    for (int child; (child = 2 * slot + 1) < length; slot = child) {
      if (child + 1 < length && row[child + 1] < row[child]) child++;
      if (key < row[child]) break;
      put(row, slot, row[child]);
    }
    put(row, slot, key);
    top[c] = row[0];
  }
  void insert(int node) {
    const int c = cellOf[node] = cell(node);
    heap[c].push_back(0);
    sift(c, heap[c].size() - 1, keyOf(node));
  }
  void update(int node) {
    const int c = cellOf[node];
    if (cell(node) == c) {
      sift(c, slotOf[node], keyOf(node));
      return;
    }
    auto& row = heap[c];
    const int64_t last = row.back();
    row.pop_back();
    if ((last & MASK) != node) sift(c, slotOf[node], last);
    else top[c] = row.empty() ? NEVER : row[0];
    insert(node);
  }
  void search(const Amounts& demand, const std::vector<int64_t>& row, size_t slot, int64_t& best) const {
    if (slot >= row.size() || row[slot] >= best) return;
    if (fits(demand, row[slot] & MASK)) {
      best = row[slot];
      return;
    }
    search(demand, row, 2 * slot + 1, best);
    search(demand, row, 2 * slot + 2, best);
  }
  int64_t first(const Amounts& demand) const {
    int from[R], sure[R];
    for (int r = 0; r < R; r++) {
      if (demand.of[r] > whole.of[r]) return NEVER;
      const auto& all = limits[r];
      const int at = std::lower_bound(all.begin(), all.end(), demand.of[r]) - all.begin();
      const bool exact = at < static_cast<int>(all.size()) && all[at] == demand.of[r];
      sure[r] = demand.of[r] == 0 ? 0 : at + 1;
      from[r] = exact || demand.of[r] == 0 ? sure[r] : at;
    }
    int64_t best = NEVER;
    for (int a = sure[0]; a < levels[0]; a++)
      for (int b = sure[1]; b < levels[1]; b++) {
        const int64_t* row = &top[(a * levels[1] + b) * levels[2]];
        for (int c = sure[2]; c < levels[2]; c++) best = std::min(best, row[c]);
      }
    if (from[0] == sure[0] && from[1] == sure[1] && from[2] == sure[2]) return best;
    for (int a = from[0]; a < levels[0]; a++)
      for (int b = from[1]; b < levels[1]; b++)
        for (int c = from[2]; c < levels[2]; c++) {
          const int at = (a * levels[1] + b) * levels[2] + c;
          if (top[at] < best && (a < sure[0] || b < sure[1] || c < sure[2])) search(demand, heap[at], 0, best);
        }
    return best;
  }
};

static std::vector<std::unique_ptr<Grid>> grids;

static int byGrid(const Amounts& demand) {
  int64_t best = NEVER, bestAfter = NEVER;
  for (const auto& grid : grids) {
    const int64_t key = grid->first(demand);
    if (key == NEVER) continue;
    const int64_t left = after(demand, key);
    if (left < bestAfter) best = key, bestAfter = left;
  }
  return best == NEVER ? -1 : best & MASK;
}

static int byScan(const Amounts& demand) {
  const int nodes = capacity.size();
  int64_t best = NEVER;
  for (int node = 0; node < nodes; node++) {
    if (!fits(demand, node)) continue;
    if (sign == 0) return node;
    best = std::min(best, after(demand, keyOf(node)));
  }
  return best == NEVER ? -1 : best & MASK;
}

int main(int argc, char** argv) {
  FILE* file = argc > 5 ? std::fopen(argv[1], "rb") : nullptr;
  int32_t head[4];  // nodes, tasks that run at the start, searches that are not timed, searches
  if (!file || std::fread(head, 4, 4, file) != 4) return 2;
  const bool useGrid = std::strcmp(argv[2], "grid") == 0;
  sign = std::strcmp(argv[3], "best-fit") == 0 ? 1 : std::strcmp(argv[3], "worst-fit") == 0 ? -1 : 0;
  const int nodes = head[0], warm = head[2];
  const int steps = std::min(head[3], warm + std::atoi(argv[4])), shortly = warm + std::atoi(argv[5]);
  struct Running {
    int32_t node;
    Amounts demand;
  };
  struct Step {
    Amounts demand;
    int32_t end;  // -1, or which running task ends first, modulo their number
  };
  std::vector<Running> running(head[1]);
  std::vector<Step> step(head[3]);
  capacity.resize(nodes);
  if (std::fread(capacity.data(), sizeof(Amounts), nodes, file) != capacity.size()) return 2;
  if (std::fread(running.data(), sizeof(Running), head[1], file) != running.size()) return 2;
  if (std::fread(step.data(), sizeof(Step), head[3], file) != step.size()) return 2;

  freed = capacity;
  for (const Running& task : running)
    for (int r = 0; r < R; r++) freed[task.node].of[r] -= task.demand.of[r];
  int64_t multiple = 1;
  for (const Amounts& all : capacity)
    for (int32_t amount : all.of) multiple = std::lcm(multiple, static_cast<int64_t>(std::max(amount, 1)));
  std::vector<std::vector<int>> classes;
  for (int node = 0; node < nodes; node++) {
    for (int r = 0; r < R; r++) if (capacity[node].of[r]) weights[r] = multiple / capacity[node].of[r];
    size_t c = 0;
    while (c < classes.size() && std::memcmp(&capacity[classes[c][0]], &capacity[node], sizeof(Amounts)) != 0) c++;
    if (c == classes.size()) classes.emplace_back();
    classes[c].push_back(node);
    classOf.push_back(c);
  }
  std::vector<int32_t> sizes[R];
  for (int r = 0; r < R; r++) {
    for (const Step& one : step) if (one.demand.of[r] > 0) sizes[r].push_back(one.demand.of[r]);
    std::sort(sizes[r].begin(), sizes[r].end());
    sizes[r].erase(std::unique(sizes[r].begin(), sizes[r].end()), sizes[r].end());
    const std::vector<int32_t> all = sizes[r];
    if (all.size() > 9) sizes[r].resize(9);
    for (size_t i = 0; all.size() > 9 && i < 9; i++) sizes[r][i] = all[(i + 1) * all.size() / 10];
  }
  for (const auto& members : classes) if (useGrid) grids.push_back(std::make_unique<Grid>(sizes, members));

  const auto change = [&](int node, const Amounts& demand, int by) {
    for (int r = 0; r < R; r++) freed[node].of[r] += by * demand.of[r];
    if (useGrid) grids[classOf[node]]->update(node);
  };
  uint32_t hash = 0, shortHash = 0;
  int failed = 0;
  double began = 0;
  for (int i = 0; i < steps; i++) {
    if (i == warm) began = cpuSeconds();
    if (i == shortly) shortHash = hash;
    const Step& one = step[i];
    if (one.end >= 0) {
      Running& ended = running[one.end % running.size()];
      change(ended.node, ended.demand, 1);
      ended = running.back();
      running.pop_back();
    }
    const int node = useGrid ? byGrid(one.demand) : byScan(one.demand);
    hash = hash * 31 + node;
    if (node < 0) {
      failed += i >= warm;
      continue;
    }
    change(node, one.demand, -1);
    running.push_back({node, one.demand});
  }
  const double cpu = cpuSeconds() - began;
  if (shortly >= steps) shortHash = hash;
  std::printf("{\"cpu\": %.9f, \"parts\": {\"failed\": %d}, \"answer\": {\"short\": %u", cpu, failed, shortHash);
  if (steps == head[3]) std::printf(", \"all\": %u", hash);
  std::printf("}}\n");
}
