#pragma once
#include <benchmark/benchmark.h>

#include <string>

/// The measure that reading a record is held against: RapidJSON's parse of the same bytes into a fresh document. It is
/// compiled in a file of its own, because what else a file holds decides how much of RapidJSON the compiler inlines:
/// half as slow again was seen.
void parse_with_rapidjson(benchmark::State& state, const std::string& text);
