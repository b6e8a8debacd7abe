// What the peers in C++ share with src/peers/cpp.rs: the data of a task, and the list of ways to do it.
#pragma once
#include <cstddef>
#include <cstdint>

struct Data {
  const double* x;     // the variables
  const double* rows;  // the numbers of each term
  const size_t* list;  // where the variables of each term start
  size_t terms;
};

struct Entry {
  const char* task;
  const char* peer;  // its column in the table
  void (*run)(const Data*, double* out, uint32_t times);
};

// Says to the compiler that somebody looks at memory and may change it: so each round reads its point and writes its
// results, as each call beside it does in Rust.
inline void seen(const void* memory) { asm volatile("" : : "g"(memory) : "memory"); }

// Does a task so many times, after what it needs has been made once.
template <class Task>
void run(const Data* data, double* out, uint32_t times) {
  Task task;
  for (; times > 0; times--) {
    seen(data);
    seen(&task);
    task.once(*data, out);
    seen(out);
  }
}

// ENTRIES is the function that build.rs expects of this file and this compiler, COMPILER its name.
#define TABLE(libraries, ...)                                         \
  extern "C" size_t ENTRIES(const Entry** entries, const char** about) { \
    static const Entry table[] = {__VA_ARGS__};                         \
    *entries = table;                                                   \
    *about = libraries;                                                 \
    return sizeof(table) / sizeof(table[0]);                            \
  }
