#pragma once
#include <algorithm>
#include <random>

#include "assessment/support.h"

namespace cpc::test {

/// One random record over the whole vocabulary: few ids and days, so that rows meet.
class RandomRecord {
 public:
  /// `own_days`: no two rows share a day, so that their order never hangs on what else they say.
  explicit RandomRecord(unsigned seed, bool own_days = false) : random_(seed), own_days_(own_days) {}

  std::vector<std::string> rows(int count) {
    std::vector<std::string> out;
    if (own_days_) {
      days_.resize(365);
      for (int i = 0; i < 365; ++i) days_[static_cast<std::size_t>(i)] = i;
      std::shuffle(days_.begin(), days_.end(), random_);
    }
    for (int i = 0; i < count; ++i) out.push_back(row());
    return out;
  }

  static std::string record(const std::vector<std::string>& rows) {
    std::string text =
        R"({"cpconf":1,"case":"random","children":[{"child":"ada","date_of_birth":"2017-05-09"},{"child":"baby","expected_delivery_date":"2026-12-20"}],"events":[)";
    for (std::size_t i = 0; i < rows.size(); ++i) text += (i == 0 ? "" : ",") + rows[i];
    return text + "]}";
  }

  std::mt19937& random() { return random_; }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool chance(int percent) { return below(100) < percent; }

  std::string day() {
    if (!own_days_) return to_string(*day_of({2026, 1 + below(12), 1 + below(28)}));
    const int number = days_.back();
    days_.pop_back();
    return to_string(*day_of({2026, 1, 1}) + number);
  }
  std::string date() {
    std::string text = day();
    if (chance(40)) text += "T" + std::string(chance(50) ? "09" : "14") + ":30";
    return text;
  }
  std::string id(const char* stem) { return std::string("\"") + stem + std::to_string(1 + below(2)) + "\""; }
  std::string child() { return chance(50) ? "\"ada\"" : chance(50) ? "\"baby\"" : R"(["ada","baby"])"; }

  std::string value(const Slot& slot) {
    const auto& lists = embedded_vocabulary().enumerations;
    const auto word = [&] {
      const auto& values = lists[static_cast<std::size_t>(slot.enumeration)].values;
      return "\"" + values[static_cast<std::size_t>(below(static_cast<int>(values.size())))] + "\"";
    };
    switch (slot.type) {
      case AttributeType::yes_no:
      case AttributeType::present:
        return chance(50) ? "true" : "false";
      case AttributeType::enumeration:
        return word();
      case AttributeType::enumeration_set:
        return "[" + word() + "]";
      case AttributeType::date:
        return "\"" + to_string(*day_of({2026, 1 + below(12), 1 + below(28)})) + "\"";
      case AttributeType::datetime:
        return "\"" + date() + "\"";
      case AttributeType::count:
        return std::to_string(below(slot.max >= 0 ? slot.max + 1 : 12));
      case AttributeType::id:
        return id(slot.reference >= 0
                      ? embedded_vocabulary().instances[static_cast<std::size_t>(slot.reference)].name.c_str()
                      : "person");
    }
    return "null";
  }

  std::string row() {
    const Vocabulary& vocabulary = embedded_vocabulary();
    const EventType& event =
        vocabulary.events[static_cast<std::size_t>(below(static_cast<int>(vocabulary.events.size())))];
    std::string text = R"({"event":")" + event.name + "\"";
    if (chance(92)) text += R"(,"at":")" + date() + "\"";
    if (event.per_child && chance(60)) text += R"(,"child":)" + child();
    if (event.conference == ConferenceColumn::required ||
        (event.conference == ConferenceColumn::optional && chance(50)))
      text += R"(,"conference":)" + id("conference");
    if (event.instance > 0 && chance(60))
      text += ",\"" + vocabulary.instances[static_cast<std::size_t>(event.instance)].name +
              "\":" + id(vocabulary.instances[static_cast<std::size_t>(event.instance)].name.c_str());
    for (std::size_t i = 0; i < event.slots.size(); ++i) {
      // An item in both lists of a checklist is refused, so only one of the two is given.
      if (static_cast<int>(i) == event.not_covered) continue;
      const auto& name = vocabulary.attribute_names.word(event.slots[i].attribute);
      if (chance(60)) text += ",\"" + name + "\":" + value(event.slots[i]);
    }
    return text + "}";
  }

  std::mt19937 random_;
  bool own_days_;
  std::vector<int> days_;  ///< Still free, where each row has its own.
};

}  // namespace cpc::test
