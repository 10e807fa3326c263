#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "program/program.h"

namespace cpc {

/// What the rules of a duty read of a record, so that a host knows what to supply.

struct AttributeRead {
  std::int16_t slot = -1;
  /// No rule of the duty reads it but to see whether it applies: without it the rule stays undetermined, or another
  /// fact settles that it does not apply.
  bool only_when = true;
  std::vector<std::string> values;  ///< Of a word or a set: those that rules ask for, in the vocabulary's order.
  std::vector<Index> rules;         ///< Of the duty, by whose reading; ascending.
};

/// Rows of one event: that there are any, and when.
struct EventRead {
  EventId event = 0;
  bool only_when = true;
  std::vector<AttributeRead> attributes;  ///< In the order of the vocabulary; links to the scope among them.
  std::vector<Index> rules;
};

/// A fact that the engine makes of rows; those are among the events.
struct DerivedRead {
  std::string name;
  std::string definition;
  bool only_when = true;
  std::vector<Index> rules;
};

struct DutyReads {
  Index duty = none;
  std::vector<Index> rules;
  std::vector<EventRead> events;  ///< In the order of the vocabulary.
  std::vector<DerivedRead> derived;
};

/// Every duty for which the program has a rule, in the order of the vocabulary. What is read through the states and the
/// statuses of other rules counts for the rule that reads them.
[[nodiscard]] std::vector<DutyReads> reads_of(const Program& program);

}  // namespace cpc
