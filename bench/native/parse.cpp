// A minimal twin of the trace readers, for comparison of speed: bytes into columns, no account, no errors.
// Usage: parse swf <log.swf> | parse csv <jobs.csv>, the CSV being that of bench/harness/synthetic-csv.ts.
// Reads a fifth, looks at the clock, and reads all; prints CPU seconds, rows, and a checksum over the columns.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unordered_map>
#include <vector>

#include "cpu-clock.hpp"

struct Columns {
  std::vector<double> name, submit, run, estimate, demand;
  std::vector<int32_t> framework;
};

// Numbers of users in order of first appearance: by number in SWF, by name in CSV.
struct Users {
  std::vector<int32_t> byNumber;
  std::unordered_map<std::string, int32_t> byName;
  int32_t known = 0;
};

static void readSwf(const char* at, const char* end, Columns& columns, Users& users) {
  while (at < end) {
    const char* line = at;
    const char* stop = static_cast<const char*>(std::memchr(at, '\n', end - at));
    at = stop + 1;
    while (line < stop && *line <= ' ') line++;
    if (line >= stop || *line == ';') continue;
    int64_t field[12];
    int count = 0;
    while (count < 12) {
      while (line < stop && *line <= ' ') line++;
      if (line >= stop) break;
      const bool negative = *line == '-';
      if (negative) line++;
      int64_t value = 0;
      while (line < stop && *line >= '0' && *line <= '9') value = value * 10 + (*line++ - '0');
      while (line < stop && *line > ' ') line++;
      field[count++] = negative ? -value : value;
    }
    if (count < 9) continue;
    const int64_t width = field[7] > 0 ? field[7] : field[4];
    if (field[1] < 0 || field[3] <= 0 || width <= 0) continue;
    const size_t user = count < 12 || field[11] < 0 ? 0 : field[11] + 1;
    if (user >= users.byNumber.size()) users.byNumber.resize(user + 1, -1);
    if (users.byNumber[user] < 0) users.byNumber[user] = users.known++;
    columns.name.push_back(field[0]);
    columns.submit.push_back(field[1] * 1e6);
    columns.run.push_back(field[3] * 1e6);
    columns.estimate.push_back(field[8] > 0 ? field[8] * 1e6 : NAN);
    columns.demand.push_back(width * 1e3);
    columns.framework.push_back(users.byNumber[user]);
  }
}

static double number(const char* at, const char* end) {
  static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  int64_t value = 0;
  const char* point = nullptr;
  for (; at < end; at++) {
    if (*at == '.') point = at;
    else value = value * 10 + (*at - '0');
  }
  return point ? value / powers[end - point - 1] : value;
}

static void readCsv(const char* at, const char* end, Columns& columns, Users& users, bool hasHeader) {
  if (hasHeader) at = static_cast<const char*>(std::memchr(at, '\n', end - at)) + 1;
  while (at < end) {
    const char* starts[11];
    int count = 0;
    starts[count++] = at;
    for (; *at != '\n'; at++) {
      if (*at == ',' && count < 10) starts[count++] = at + 1;
    }
    starts[count] = ++at;
    if (count < 10) continue;
    const auto cell = [&](int i) { return number(starts[i], starts[i + 1] - 1); };
    const std::string user(starts[1], starts[2] - 1 - starts[1]);
    const int32_t framework = users.byName.try_emplace(user, users.byName.size()).first->second;
    columns.name.push_back(columns.name.size() + 1);
    columns.submit.push_back(std::floor(cell(3) * 1e6 + 0.5));
    columns.run.push_back(std::floor(cell(4) * 1e6 + 0.5));
    columns.estimate.push_back(cell(5) * 1e6);
    columns.demand.push_back(std::ceil(cell(6) * 1e3));
    columns.framework.push_back(framework);
  }
}

// Reads a file of that many bytes, a block of whole lines at a time, and sums its columns up.
static double readFile(const char* path, bool isSwf, size_t length, size_t& rows) {
  FILE* file = std::fopen(path, "rb");
  if (!file) std::exit(2);
  std::vector<char> block((1 << 20) + 1);
  Columns columns;
  Users users;
  size_t filled = 0, total = 0;
  for (bool isFirst = true; total < length; isFirst = false) {
    const size_t got = std::fread(block.data() + filled, 1, block.size() - 1 - filled, file);
    filled += got;
    total += got;
    if (filled == 0) break;
    if (got == 0 && block[filled - 1] != '\n') block[filled++] = '\n';
    const char* end = static_cast<const char*>(memrchr(block.data(), '\n', filled)) + 1;
    if (isSwf) readSwf(block.data(), end, columns, users);
    else readCsv(block.data(), end, columns, users, isFirst);
    filled -= end - block.data();
    std::memmove(block.data(), end, filled);
  }
  std::fclose(file);
  double sum = 0;
  rows = columns.name.size();
  for (size_t i = 0; i < rows; i++) {
    const double estimate = columns.estimate[i] > 0 ? columns.estimate[i] : columns.run[i];
    sum = sum * 0.999999 + columns.name[i] + columns.submit[i] + columns.run[i] * 3 + estimate * 5;
    sum += columns.demand[i] * 7 + columns.framework[i] * 11;
  }
  return sum;
}

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const bool isSwf = std::strcmp(argv[1], "swf") == 0;
  FILE* file = std::fopen(argv[2], "rb");
  if (!file) return 2;
  std::fseek(file, 0, SEEK_END);
  const size_t size = std::ftell(file);
  std::fclose(file);
  size_t rows = 0;
  readFile(argv[2], isSwf, size / 5, rows);
  const double begin = cpuSeconds();
  const double checksum = readFile(argv[2], isSwf, size + 1, rows);
  std::printf("{\"cpu\": %.4f, \"answer\": {\"rows\": %zu, \"checksum\": %.17g}, \"parts\": {}}\n", cpuSeconds() - begin,
              rows, checksum);
}
