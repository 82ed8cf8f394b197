// A minimal twin of strict FCFS and EASY backfilling on one pool of processors, for comparison of speed and schedules.
// Usage: batch <log.swf> <processors> fcfs|easy [kill|overrun]
// Reads a plain SWF log, simulates, prints mean wait, mean bounded slowdown, makespan and a hash of the start times.
// One round an instant: completions, arrivals, one pass. Run times of zero are skipped. Times are whole seconds in
// 32 bits. Queued jobs stand in a tree of least width and least estimate, running ones in a sorted row; while only
// jobs arrive behind a blocked head, the reservation of the head stands and only the new ones are tested.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <queue>
#include <vector>

struct Job {
  int32_t submit, run, estimate, start, width;
};

static std::vector<Job> readLog(const char* path, int processors, bool kill) {
  const int file = open(path, O_RDONLY);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0 || status.st_size == 0) {
    std::fprintf(stderr, "cannot open %s\n", path);
    std::exit(2);
  }
  const size_t size = status.st_size;
  const char* at = static_cast<const char*>(mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0));
  if (at == MAP_FAILED) std::exit(2);
  const char* const end = at + size;
  std::vector<Job> jobs;
  while (at < end) {
    const char* line = at;
    const char* stop = static_cast<const char*>(std::memchr(at, '\n', end - at));
    if (!stop) stop = end;
    at = stop + 1;
    while (line < stop && (*line == ' ' || *line == '\t')) line++;
    if (line >= stop || *line == ';') continue;
    int64_t field[9];
    int count = 0;
    while (count < 9 && line < stop) {
      while (line < stop && (*line == ' ' || *line == '\t')) line++;
      const bool negative = line < stop && *line == '-';
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
    job.width = field[7] > 0 ? field[7] : field[4];
    job.estimate = field[8] > 0 ? field[8] : field[3];
    if (job.submit < 0 || job.run <= 0 || job.width <= 0 || job.width > processors) continue;
    if (kill) job.run = std::min(job.run, job.estimate);
    jobs.push_back(job);
  }
  const auto earlier = [](const Job& a, const Job& b) { return a.submit < b.submit; };
  if (!std::is_sorted(jobs.begin(), jobs.end(), earlier)) std::stable_sort(jobs.begin(), jobs.end(), earlier);
  const int32_t origin = jobs.empty() ? 0 : jobs[0].submit;
  for (Job& job : jobs) job.submit -= origin;
  return jobs;
}

// Finds the next queued job that fits and is short or narrow enough: minima of width and estimate over the queue.
struct QueueTree {
  struct Least {
    int32_t width, estimate;
  };
  int size = 1;
  std::vector<Least> least;
  explicit QueueTree(int leaves) {
    while (size < leaves) size *= 2;
    least.assign(2 * size, {INT32_MAX, INT32_MAX});
  }
  void set(int leaf, int32_t width, int32_t estimate) {
    int row = size + leaf;
    least[row] = {width, estimate};
    for (row >>= 1; row >= 1; row >>= 1) {
      const Least a = least[2 * row], b = least[2 * row + 1];
      const Least both = {std::min(a.width, b.width), std::min(a.estimate, b.estimate)};
      if (both.width == least[row].width && both.estimate == least[row].estimate) break;
      least[row] = both;
    }
  }
  int next(int row, int begin, int span, int from, int32_t free, int32_t window, int32_t extra) const {
    if (begin + span <= from || least[row].width > free) return -1;
    if (least[row].width > extra && least[row].estimate > window) return -1;
    if (span == 1) return begin;
    const int half = span / 2;
    const int left = next(2 * row, begin, half, from, free, window, extra);
    return left >= 0 ? left : next(2 * row + 1, begin + half, half, from, free, window, extra);
  }
};

// Running jobs by expected end.
struct RunningEnds {
  struct End {
    int32_t at, width;
  };
  std::vector<End> ends;
  static bool before(const End& a, const End& b) { return a.at < b.at; }
  void add(End end) { ends.insert(std::upper_bound(ends.begin(), ends.end(), end, before), end); }
  void remove(End end) {
    auto place = std::lower_bound(ends.begin(), ends.end(), end, before);
    while (place->width != end.width) place++;
    ends.erase(place);
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

  std::priority_queue<uint64_t, std::vector<uint64_t>, std::greater<uint64_t>> completions;  // end << 32 | job
  RunningEnds running;
  QueueTree tree(easy ? n : 1);
  int free = processors, arrived = 0, head = 0;
  std::vector<char> started(n, 0);
  int32_t makespan = 0, shadow = -1;
  int extra = 0, reservedFor = -1;

  const auto start = [&](int j, int32_t now) {
    Job& job = jobs[j];
    job.start = now;
    started[j] = 1;
    free -= job.width;
    completions.push(static_cast<uint64_t>(now + job.run) << 32 | j);
    if (!easy) return;
    running.add({now + job.estimate, job.width});
    tree.set(j, INT32_MAX, INT32_MAX);
  };

  while (arrived < n || !completions.empty()) {
    int32_t now = completions.empty() ? INT32_MAX : static_cast<int32_t>(completions.top() >> 32);
    if (arrived < n) now = std::min(now, jobs[arrived].submit);
    while (!completions.empty() && static_cast<int32_t>(completions.top() >> 32) == now) {
      const Job& job = jobs[completions.top() & 0xffffffff];
      completions.pop();
      free += job.width;
      makespan = now;
      reservedFor = -1;
      if (easy) running.remove({job.start + job.estimate, job.width});
    }
    const int before = arrived;
    while (arrived < n && jobs[arrived].submit == now) arrived++;
    while (head < arrived && (started[head] || jobs[head].width <= free)) {
      if (!started[head]) start(head, now);
      head++;
    }
    if (!easy) continue;
    for (int j = std::max(before, head); j < arrived; j++) tree.set(j, jobs[j].width, jobs[j].estimate);
    if (head >= arrived) continue;
    int from = before;
    if (reservedFor != head || shadow < now) {
      reservedFor = head;
      from = head + 1;
      shadow = now;
      extra = free - jobs[head].width;
      for (auto end = running.ends.begin(); extra < 0 && end != running.ends.end();) {
        shadow = std::max(now, end->at);
        while (end != running.ends.end() && end->at <= shadow) extra += (end++)->width;
      }
    }
    for (from = std::max(from, head + 1);; from++) {
      from = from < arrived ? tree.next(1, 0, tree.size, from, free, shadow - now, extra) : -1;
      if (from < 0) break;
      if (now + jobs[from].estimate > shadow) extra -= jobs[from].width;
      start(from, now);
    }
  }

  double wait = 0, slowdown = 0;
  uint32_t hash = 2166136261u;
  for (const Job& job : jobs) {
    const double waited = job.start - job.submit;
    wait += waited;
    slowdown += std::max(1.0, (waited + job.run) / std::max<double>(10, job.run));
    hash = (hash ^ static_cast<uint32_t>(job.start)) * 16777619u;
  }
  std::printf("{\"jobs\": %d, \"wait_mean\": %.9f, \"bounded_slowdown_mean\": %.9f, \"makespan\": %d, \"hash\": %u}\n", n,
              n ? wait / n : 0, n ? slowdown / n : 0, makespan, hash);
}
