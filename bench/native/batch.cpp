// A minimal twin of strict FCFS and EASY backfilling on one pool of processors, for comparison of speed and schedules.
// Usage: batch <log.swf> <processors> fcfs|easy [kill|overrun]
// Reads a plain SWF log, simulates, prints mean wait, mean bounded slowdown, makespan and a hash of the start times.
// One round an instant: completions, arrivals, one pass. Run times of zero are skipped.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <queue>
#include <set>
#include <vector>

struct Job {
  int64_t submit, run, estimate, start;
  int32_t width;
};

static std::vector<Job> readLog(const char* path, int processors, bool kill) {
  FILE* file = std::fopen(path, "rb");
  if (!file) {
    std::fprintf(stderr, "cannot open %s\n", path);
    std::exit(2);
  }
  std::fseek(file, 0, SEEK_END);
  const long size = std::ftell(file);
  std::fseek(file, 0, SEEK_SET);
  std::vector<char> text(size + 1);
  if (std::fread(text.data(), 1, size, file) != static_cast<size_t>(size)) std::exit(2);
  std::fclose(file);
  text[size] = '\n';
  std::vector<Job> jobs;
  const char* at = text.data();
  const char* end = at + size;
  while (at < end) {
    const char* line = at;
    const char* stop = static_cast<const char*>(std::memchr(at, '\n', end - at + 1));
    at = stop + 1;
    while (line < stop && (*line == ' ' || *line == '\t')) line++;
    if (line >= stop || *line == ';') continue;
    int64_t field[9];
    int count = 0;
    while (count < 9 && line < stop) {
      while (line < stop && (*line == ' ' || *line == '\t')) line++;
      const bool negative = *line == '-';
      if (negative) line++;
      int64_t value = 0;
      while (line < stop && *line >= '0' && *line <= '9') value = value * 10 + (*line++ - '0');
      while (line < stop && *line != ' ' && *line != '\t') line++;
      field[count++] = negative ? -value : value;
    }
    if (count < 9) continue;
    Job job{};
    job.submit = field[1];
    job.run = field[3];
    job.width = static_cast<int32_t>(field[7] > 0 ? field[7] : field[4]);
    job.estimate = field[8] > 0 ? field[8] : field[3];
    if (job.submit < 0 || job.run <= 0 || job.width <= 0 || job.width > processors) continue;
    if (kill) job.run = std::min(job.run, job.estimate);
    jobs.push_back(job);
  }
  std::stable_sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) { return a.submit < b.submit; });
  const int64_t origin = jobs.empty() ? 0 : jobs[0].submit;
  for (Job& job : jobs) job.submit -= origin;
  return jobs;
}

// Finds the next queued job that fits and is short or narrow enough: minima of width and estimate over the queue.
struct QueueTree {
  int size;
  std::vector<int32_t> width;
  std::vector<int64_t> estimate;
  explicit QueueTree(int leaves) : size(1) {
    while (size < leaves) size *= 2;
    width.assign(2 * size, INT32_MAX);
    estimate.assign(2 * size, INT64_MAX);
  }
  void set(int leaf, int32_t w, int64_t e) {
    int row = size + leaf;
    width[row] = w;
    estimate[row] = e;
    for (row >>= 1; row >= 1; row >>= 1) {
      width[row] = std::min(width[2 * row], width[2 * row + 1]);
      estimate[row] = std::min(estimate[2 * row], estimate[2 * row + 1]);
    }
  }
  int next(int row, int begin, int span, int from, int32_t free, int64_t window, int32_t extra) const {
    if (begin + span <= from || width[row] > free) return -1;
    if (width[row] > extra && estimate[row] > window) return -1;
    if (span == 1) return begin;
    const int half = span / 2;
    const int left = next(2 * row, begin, half, from, free, window, extra);
    return left >= 0 ? left : next(2 * row + 1, begin + half, half, from, free, window, extra);
  }
};

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: batch <log.swf> <processors> fcfs|easy [kill|overrun]\n");
    return 2;
  }
  const int processors = std::atoi(argv[2]);
  const bool easy = std::strcmp(argv[3], "easy") == 0;
  std::vector<Job> jobs = readLog(argv[1], processors, argc > 4 && std::strcmp(argv[4], "kill") == 0);
  const int n = static_cast<int>(jobs.size());

  using Completion = std::pair<int64_t, int>;
  std::priority_queue<Completion, std::vector<Completion>, std::greater<Completion>> completions;
  std::multiset<std::pair<int64_t, int32_t>> expected;
  std::vector<std::multiset<std::pair<int64_t, int32_t>>::iterator> place(easy ? n : 0);
  QueueTree tree(easy ? n : 1);
  int free = processors, arrived = 0, head = 0;
  std::vector<char> started(n, 0);
  int64_t makespan = 0;

  const auto start = [&](int j, int64_t now) {
    Job& job = jobs[j];
    job.start = now;
    started[j] = 1;
    free -= job.width;
    completions.emplace(now + job.run, j);
    if (easy) {
      place[j] = expected.emplace(now + job.estimate, job.width);
      tree.set(j, INT32_MAX, INT64_MAX);
    }
  };

  while (arrived < n || !completions.empty()) {
    int64_t now = completions.empty() ? INT64_MAX : completions.top().first;
    if (arrived < n) now = std::min(now, jobs[arrived].submit);
    while (!completions.empty() && completions.top().first == now) {
      const int j = completions.top().second;
      completions.pop();
      free += jobs[j].width;
      makespan = std::max(makespan, now);
      if (easy) expected.erase(place[j]);
    }
    for (; arrived < n && jobs[arrived].submit == now; arrived++) {
      if (easy) tree.set(arrived, jobs[arrived].width, jobs[arrived].estimate);
    }
    while (head < arrived && (started[head] || jobs[head].width <= free)) {
      if (!started[head]) start(head, now);
      head++;
    }
    if (!easy || head >= arrived) continue;
    int64_t shadow = now;
    int extra = free - jobs[head].width;
    for (auto it = expected.begin(); extra < 0 && it != expected.end();) {
      shadow = std::max(now, it->first);
      while (it != expected.end() && it->first <= shadow) extra += (it++)->second;
    }
    for (int from = head + 1;;) {
      const int j = tree.next(1, 0, tree.size, from, free, shadow - now, extra);
      if (j < 0) break;
      if (now + jobs[j].estimate > shadow) extra -= jobs[j].width;
      start(j, now);
      from = j + 1;
    }
  }

  double wait = 0, slowdown = 0;
  uint32_t hash = 2166136261u;
  for (const Job& job : jobs) {
    const double waited = static_cast<double>(job.start - job.submit);
    wait += waited;
    slowdown += std::max(1.0, (waited + job.run) / std::max<double>(10, job.run));
    hash = (hash ^ static_cast<uint32_t>(job.start)) * 16777619u;
  }
  std::printf("{\"jobs\": %d, \"wait_mean\": %.6f, \"bounded_slowdown_mean\": %.6f, \"makespan\": %lld, \"hash\": %u}\n", n,
              n ? wait / n : 0, n ? slowdown / n : 0, static_cast<long long>(makespan), hash);
}
