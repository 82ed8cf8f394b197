// The twin of bench/event-queue.ts: std::priority_queue in the same total order (time, phase, sequence), held at one
// length: pop the next event, push another of the same subject a while later.
// Usage: event-queue <pending> <holds> spread|ties
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <queue>
#include <vector>

#include "cpu-clock.hpp"

struct Event {
  double time;
  uint64_t key;  // phase << 46 | sequence
  int32_t subject;
  uint8_t kind;
};

struct Later {
  bool operator()(const Event& a, const Event& b) const { return a.time != b.time ? a.time > b.time : a.key > b.key; }
};

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const int pending = std::atoi(argv[1]);
  const int holds = std::atoi(argv[2]);
  const uint32_t span = std::strcmp(argv[3], "ties") == 0 ? 100 : 1u << 30;
  std::priority_queue<Event, std::vector<Event>, Later> queue;
  Xorshift random;
  uint64_t sequence = 0;
  const auto push = [&](double now, int32_t subject) {
    const uint32_t x = random.next();
    const uint64_t phase = x & 3;
    queue.push({now + 1 + (x >> 2) % span, phase << 46 | sequence++, subject, static_cast<uint8_t>(phase)});
  };
  uint32_t hash = 0;
  const auto hold = [&](int count) {
    for (int i = 0; i < count; i++) {
      const Event event = queue.top();
      queue.pop();
      hash = hash * 31 + event.subject + event.kind;
      push(event.time, event.subject);
    }
  };
  for (int i = 0; i < pending; i++) push(0, i);
  hold(holds / 5);
  const double began = cpuSeconds();
  hold(holds);
  std::printf("{\"cpu\": %.9f, \"answer\": {\"order\": %u}}\n", cpuSeconds() - began, hash);
}
