#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "record/value.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// All that a condition, a selector or a date says: two that say the same give the same text. A key, not for people.
[[nodiscard]] std::string written(const Condition& condition);
[[nodiscard]] std::string written(const Selector& selector);
[[nodiscard]] std::string written(const DateText& date);

/// The closed list of the values of a fact; empty where it has none or is not known.
using Domains = std::function<std::vector<std::string>(const std::string& fact)>;

/// One question that conditions ask, answered.
struct Answer {
  const Condition* leaf = nullptr;  ///< The first leaf that asks it. Lives as long as the conditions.
  /// Of a fact that is compared with words: the word, or empty for one that is not named, where the closed list is not
  /// known. Of a number: the number.
  /// Else `true` or `false`: whether the leaf holds.
  std::string value;
  bool operator==(const Answer&) const = default;
};

/// Whether what is asked of the state of a process counts as asked of one moment. Between the `where` and the guards of
/// transitions it does not: a process may stand elsewhere before a row than after it.
enum class States : std::uint8_t { apart, of_one_moment };

/// The questions that leaves of conditions ask, each once, with the answers that make a difference to them. A fact has
/// one value and a number one size, however often they are asked about; every other leaf is a question of its own.
class Questions {
 public:
  explicit Questions(Domains domains = {}, States states = States::apart)
      : domains_(std::move(domains)), states_(states) {}
  /// Adds what a condition asks. It must outlive this.
  void collect(const Condition& condition);
  /// Settles which answers each question has: call it after the last collect.
  void close();

  [[nodiscard]] std::size_t count() const { return questions_.size(); }
  [[nodiscard]] std::size_t choices(std::size_t question) const { return questions_[question].values.size(); }
  void answer(std::size_t question, std::optional<std::size_t> choice) { questions_[question].answer = choice; }
  [[nodiscard]] bool answered(std::size_t question) const { return questions_[question].answer.has_value(); }
  [[nodiscard]] std::size_t asked_by(const Condition& leaf) const { return asked_.at(&leaf); }
  /// What a collected condition comes to under the answers given so far.
  [[nodiscard]] Truth value(const Condition& condition) const;
  [[nodiscard]] std::vector<Answer> answers() const;

 private:
  struct Question {
    const Condition* leaf = nullptr;
    std::vector<std::string> values;
    std::optional<std::size_t> answer;
  };
  [[nodiscard]] bool asks_word(const Condition& leaf) const;
  [[nodiscard]] std::string key_of(const Condition& leaf) const;
  [[nodiscard]] bool holds(const Condition& leaf, const std::string& value) const;

  Domains domains_;
  States states_;
  std::vector<Question> questions_;
  std::map<std::string, std::size_t> known_;
  std::unordered_map<const Condition*, std::size_t> asked_;
};

/// A condition that is to come out as yes, or as no.
struct Wanted {
  const Condition* condition = nullptr;
  bool holds = true;
};

/// Whether some answers make conditions come out as wanted, and the first such answers. It errs to `not_known`, never
/// to `no`: leaves that depend on each other by their meaning (a selector within another) count as apart.
struct Model {
  enum class Can : std::uint8_t { no, yes, not_known };
  Can can = Can::no;
  std::vector<Answer> answers;
};
[[nodiscard]] Model model_of(const std::vector<Wanted>& all, const Domains& domains = {},
                             States states = States::apart);
[[nodiscard]] inline bool can_hold(const std::vector<Wanted>& all) { return model_of(all).can != Model::Can::no; }

/// Whether the first is certain to hold only where the second does, at one moment; none stands for what always holds.
[[nodiscard]] bool implies(std::span<const Condition> first, std::span<const Condition> second);

/// Conditions joined: `all` of them, and the opposite of one.
[[nodiscard]] Condition all_of(std::vector<Condition> parts);
[[nodiscard]] Condition none_of(std::vector<Condition> parts);

}  // namespace cpc
