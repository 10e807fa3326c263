#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <vector>

#include "assessment/history.h"
#include "assessment/scopes.h"

namespace cpc {

/// A date as a condition or a limit reads it.
struct DateValue {
  enum class State : std::uint8_t { absent, unknown, known };
  State state = State::absent;
  Moment at;
  std::int32_t row = -1;  ///< The row it was read of, or -1.
};

/// Where one process stood after each row that concerned it.
struct ProcessCourse {
  struct Step {
    std::int32_t row;
    std::uint64_t states;
    std::int16_t transition = -1;  ///< The one taken, where it is sure.
  };
  std::vector<Step> steps;
  bool irregular = false;
};

/// What is being judged: a scope, perhaps a row in it, and the rule's own dates.
struct Context {
  const ScopeIndex* index = nullptr;
  std::int32_t scope = -1;
  std::int32_t row = -1;
  DateValue from;
  DateValue until;
  std::int32_t state_row = -1;  ///< >= 0: states are read as they stood with this row; else as they stand now.
  bool either_side = false;     ///< With state_row: just before the row counts too (guards of processes).
  [[nodiscard]] const Scope& in() const { return index->scopes()[static_cast<std::size_t>(scope)]; }
};

/// What stands for a row among the candidates of a selector (MEANING, algorithm 4).
struct Candidates {
  static constexpr std::int32_t nothing = -1;       ///< No such row.
  static constexpr std::int32_t not_recorded = -2;  ///< A row that the host does not keep.
};

/// A row that a requirement is judged by.
struct JudgedRow {
  std::int32_t scope;
  std::int32_t row;
  Truth counts;  ///< Perhaps, or surely.
};

/// Answers of one assessment to what several rules ask alike (`Node::alike`): a small table in which a newer answer may
/// take the place of an older.
class Answers {
 public:
  /// Takes another record in hand.
  void forget();
  [[nodiscard]] std::optional<Truth> find(Index alike, std::int32_t scope, std::int32_t row) const {
    const std::uint64_t key = key_of(alike, scope, row);
    const Entry& entry = entries_[place(key)];
    return entry.key == key && entry.record == record_ ? std::optional(entry.answer) : std::nullopt;
  }
  void keep(Index alike, std::int32_t scope, std::int32_t row, Truth answer) {
    const std::uint64_t key = key_of(alike, scope, row);
    entries_[place(key)] = {key, record_, answer};
  }
  /// Whether keys can tell such numbers apart.
  [[nodiscard]] static bool tells(Index alike, std::int32_t scope, std::int32_t row) {
    return alike < 1 << 16 && scope < 1 << 20 && row < (1 << 28) - 1;
  }

 private:
  struct Entry {
    std::uint64_t key = 0;
    std::uint32_t record = 0;
    Truth answer = Truth::unknown;
  };
  static constexpr int bits = 10;
  static std::uint64_t key_of(Index alike, std::int32_t scope, std::int32_t row) {
    return static_cast<std::uint64_t>(alike) << 48 | static_cast<std::uint64_t>(scope) << 28 |
           static_cast<std::uint64_t>(row + 1);
  }
  static std::size_t place(std::uint64_t key) { return (key * 0x9e3779b97f4a7c15U) >> (64 - bits); }

  std::vector<Entry> entries_{std::size_t{1} << bits};
  std::uint32_t record_ = 1;
};

/// Facts that would settle what is unknown, collected while conditions are walked again.
class NeedList;

/// Rows of the history. Short lists live on the stack, see Scratch.
using RowList = std::pmr::vector<std::int32_t>;

/// Memory for the short lists of one judgement: a buffer on the stack first, the heap beyond it.
template <std::size_t Bytes>
class Scratch {
 public:
  [[nodiscard]] std::pmr::memory_resource* memory() { return &arena_; }
  /// Takes everything back: no list of it may be in use.
  void clear() { arena_.release(); }

 private:
  alignas(std::max_align_t) std::array<std::byte, Bytes> buffer_;
  std::pmr::monotonic_buffer_resource arena_{buffer_.data(), Bytes};
};

/// Evaluates conditions, selectors and dates over one history. Values are no, unknown, yes.
class Evaluator {
 public:
  void begin(const Program& program, const History& history, std::vector<ScopeIndex>& scopes,
             const AssessOptions& options, Assessment& result);

  /// The value of a condition; yes where there is none.
  [[nodiscard]] Truth condition(Index root, const Context& context);
  /// From here on answers are remembered: nothing that conditions read changes any more.
  void remember_answers() { remembering_ = true; }
  /// The rows that a requirement is judged by, in order, of all its scopes; not for the first or last.
  [[nodiscard]] const std::vector<JudgedRow>& rows_judged(Index rule);
  [[nodiscard]] Value read(const Fact& fact, const Context& context) const {
    if (fact.source != Fact::Source::slot && fact.source != Fact::Source::row_at) return read_further(fact, context);
    if (context.row < 0) return unknown_value;
    const HistoryRow& row = history_->row(context.row);
    if (fact.source == Fact::Source::row_at) return row.dated ? value_of(row.at) : unknown_value;
    return row.event == fact.event ? row.slots[fact.slot] : unknown_value;
  }
  [[nodiscard]] DateValue date(Index date, const Context& context);
  /// The value of a selector's `where` on the row of a context.
  [[nodiscard]] Truth where(const Picked& picked, const Context& context) {
    const Truth value = tested(picked, history_->row(context.row));
    return value == Truth::no ? value : both(value, condition(picked.rest, context));
  }
  /// The date read of a row that a selector picked.
  [[nodiscard]] DateValue date_of_row(const Picked& picked, std::int32_t row, const Context& context);
  void candidates(Index selector, const Context& context, RowList& out);
  /// Calls f(row) for each candidate of a selector that picks one row; mostly there is just one, and no list is made.
  template <class F>
  void each_candidate(Index selector, const Context& context, F f) {
    if (const auto sole = sole_candidate(selector, context)) return f(*sole);
    Scratch<256> scratch;
    RowList found(scratch.memory());
    candidates(selector, context, found);
    for (const std::int32_t row : found) f(row);
  }
  /// How surely a row is meant by a selector: scope, where, same and position together.
  [[nodiscard]] Truth row_counts(const Picked& picked, std::int32_t row, Truth takes_part, const Context& context) {
    if (picked.quick) return takes_part;
    const Truth counts = both(takes_part, tested(picked, history_->row(row)));
    return counts == Truth::no || picked.tests_only ? counts : lies_there(picked, row, counts, context);
  }
  [[nodiscard]] Truth occurs(Index selector, const Context& context);
  [[nodiscard]] bool open(const Picked& picked, const Context& context) const;
  /// While on, a row that is absent did not happen, also of a type that the host does not keep: tells what is unknown
  /// for that reason alone.
  void take_as_kept(bool on) { take_as_kept_ = on; }
  [[nodiscard]] DateValue moved(DateValue value, const std::optional<Period>& offset) const;

  [[nodiscard]] ScopeIndex& scopes(Index rule) {
    return (*scopes_)[static_cast<std::size_t>(program_->rules[static_cast<std::size_t>(rule)].scope)];
  }
  [[nodiscard]] const History& history() const { return *history_; }
  [[nodiscard]] const Program& program() const { return *program_; }
  [[nodiscard]] Assessment& result() { return *result_; }
  [[nodiscard]] const AssessOptions& options() const { return *options_; }

  /// Courses of a process, one a scope.
  [[nodiscard]] std::vector<ProcessCourse>& courses(Index process) {
    return courses_[static_cast<std::size_t>(process)];
  }
  /// Where a process may stand that was last seen in `states`: rows that the host does not keep may have moved it on.
  [[nodiscard]] std::uint64_t possible_states(Index process, std::uint64_t states) const;
  /// The status of a requirement or quorum for the scope that the context belongs to.
  [[nodiscard]] std::uint64_t status(Index rule, const Context& context);
  /// Lets statuses be judged anew where they are asked for again.
  void forget_statuses();
  /// Which rule a state or status means for the context: the edition in force there.
  [[nodiscard]] Edition edition(const Node& node, const Context& context);
  /// The scope of another rule that the context's row and scope belong to: -1 none occurs, -2 not known.
  [[nodiscard]] std::int32_t related_scope(const ScopeIndex& target, const Context& context) const;
  /// The instance of a kind that the context is about.
  [[nodiscard]] std::int16_t instance(int kind, const Context& context) const;
  [[nodiscard]] bool attendance_missing(std::int16_t conference) const;
  /// Whether anything at all may be missing because the host does not keep it.
  [[nodiscard]] bool keeps_less() const { return keeps_less_; }

  /// Collects what would settle a condition that is unknown (MEANING, algorithm 6).
  void needs(Index root, const Context& context, Index rule);
  void needs_of_selector(Index selector, const Context& context, Index rule);

 private:
  struct Override {
    Value value = unknown_value;
    Truth truth = Truth::unknown;
    bool on = false;
  };
  [[nodiscard]] static Truth tested(const Picked& picked, const HistoryRow& row) {
    Truth value = Truth::yes;
    for (const SlotTest& test : picked.tests)
      if (value = both(value, test.of(row.slots)); value == Truth::no) break;
    return value;
  }
  /// What a selector asks besides of a row that passed its tests.
  [[nodiscard]] Truth lies_there(const Picked& picked, std::int32_t row, Truth counts, const Context& context);
  [[nodiscard]] static Truth lies(const Picked::Position& position, const HistoryRow& row, const DateValue& limit);
  [[nodiscard]] std::optional<std::int32_t> sole_candidate(Index selector, const Context& context);
  [[nodiscard]] Truth walk(const Node& node, const Context& context);
  [[nodiscard]] Truth find_rows(const Node& node, const Context& context);
  [[nodiscard]] Truth whole(Index root, const Context& context);
  template <class Answer>
  [[nodiscard]] Truth remembered(Index alike, const Context& context, Answer answer);
  [[nodiscard]] Truth leaf(const Node& node, const Context& context);
  [[nodiscard]] Truth compare_dates(const Node& node, Value value, const Context& context);
  [[nodiscard]] Truth checklist(const Node& node, const Fact& fact, const Context& context) const;
  [[nodiscard]] Truth count(const Node& node, const Context& context);
  [[nodiscard]] Truth count_distinct(const Node& node, const Context& context);
  [[nodiscard]] Truth of(const Node& node, const Context& context);
  [[nodiscard]] Truth every(const Node& node, const Context& context);
  [[nodiscard]] Truth state(const Node& node, const Context& context);
  [[nodiscard]] Truth judged_so(const Node& node, const Context& context);
  [[nodiscard]] Truth by_table(Index root, const Context& context);
  bool fill(const Table& table, std::size_t group, Index root, const Context& context, std::optional<Truth>& common);
  [[nodiscard]] Value read_further(const Fact& fact, const Context& context) const;
  [[nodiscard]] Value read_instance(const Fact& fact, std::int16_t instance, int child) const;
  [[nodiscard]] Context at_row(const Context& context, std::int32_t row) const;
  void add_need(std::int32_t row, Index fact, EventId event, Index rule, const Context& context);
  void needs_walk(Index node, const Context& context, Index rule);
  void needs_of_fact(const Node& node, const Context& context, Index rule);
  void needs_of_date(Index date, const Context& context, Index rule);
  void needs_of_row(const Picked& picked, std::int32_t row, const Context& context, Index rule);
  void needs_of_first(const Node& node, const Context& context, Index rule);
  void needs_of_rows(const Node& node, const Context& context, Index rule);
  void needs_of_state(const Node& node, const Context& context, Index rule);
  void needs_of_status(const Node& node, const Context& context, Index rule);
  void needs_of_table(Index root, const Context& context, Index rule);
  /// What is not known and read by a condition with a table, with its place in the numbering of completions.
  struct OpenGroup {
    const Table::Group* group;
    std::size_t number;  ///< Among all groups of the program.
    std::size_t answers;
    std::size_t stride;
  };
  std::size_t open_groups(const Table& table, const Context& context, std::pmr::vector<OpenGroup>& open);

  const Program* program_ = nullptr;
  const History* history_ = nullptr;
  std::vector<ScopeIndex>* scopes_ = nullptr;
  const AssessOptions* options_ = nullptr;
  Assessment* result_ = nullptr;
  std::vector<Override> overrides_;
  bool filling_ = false;  ///< Some override is on.
  std::vector<std::vector<ProcessCourse>> courses_;
  std::vector<bool> has_attendance_;
  std::vector<std::vector<std::uint64_t>> statuses_;  ///< [rule][2 * scope + take_as_kept]: 0 until it is judged.
  std::vector<Index> judged_;                         ///< The rules of which some are.
  Answers answers_;
  struct RowsJudged {
    std::vector<JudgedRow> rows;
    bool listed = false;
  };
  std::vector<RowsJudged> rows_judged_;  ///< [Rule::rows]
  bool remembering_ = false;
  bool take_as_kept_ = false;
  bool keeps_less_ = false;
};

/// The status of a requirement or quorum for one scope, a bit per RequirementStatus; declared here because conditions
/// read statuses.
[[nodiscard]] std::uint64_t requirement_status(Evaluator& evaluator, Index rule, std::int32_t scope);

/// -1, 0, 1; a day and a moment of that day are equal where one has no time.
[[nodiscard]] inline int compare_moments(Moment a, Moment b) {
  if (a.day != b.day) return a.day < b.day ? -1 : 1;
  if (!a.has_time() || !b.has_time() || a.minute == b.minute) return 0;
  return a.minute < b.minute ? -1 : 1;
}

}  // namespace cpc
