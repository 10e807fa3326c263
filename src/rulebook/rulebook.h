#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/box.h"
#include "base/place.h"
#include "date/day.h"
#include "date/limit.h"

namespace cpc {

/// Rules as written: names are still text, so that layering, lint and diff can speak of them. FORMAT, section 2.
/// Each knows its place in the text, for messages. Those of conditions, selectors and dates live as long as the
/// Rulebook that they were read into, or a copy of it; null where the rule was not read but made.

struct Selector;
struct DateText;
struct Bound;

/// How a leaf compares its fact.
enum class Compare : std::uint8_t { is, at_least, at_most, before, after, given, known, has, same_as, differs_from };

struct Condition {
  enum class Op : std::uint8_t { all, any, negate, fact, occurs, of, every, count, state, status };
  Op op = Op::all;
  std::vector<Condition> parts;  ///< all, any, negate (one).
  std::string fact;  ///< fact: `decision`, `conference.conference_type`, `unborn`, `at`; state, status: the rule's id.
  Compare compare = Compare::is;
  std::vector<std::string>
      values;               ///< is, has, state, status: words; `true`/`false` for yes_no; one or several (`in`).
  std::int32_t number = 0;  ///< at_least, at_most of a fact.
  std::string other;        ///< same_as, differs_from: the other fact; count: that whose values are counted, or empty.
  Box<DateText> date;       ///< before, after.
  Box<Selector> selector;   ///< occurs, of, every, count.
  Box<Condition> expect;    ///< of, every, count.
  std::int32_t at_least = -1;  ///< count: -1 where not given.
  std::int32_t at_most = -1;
  const Place* place = nullptr;
};

/// Which rows are meant.
struct Selector {
  enum class Pick : std::uint8_t { any, first, last, each };
  enum class Position : std::uint8_t { not_after, not_before, after, before };
  std::string event;
  Box<Condition> where;  ///< The short form is read into `all` of `is`.
  Pick pick = Pick::any;
  std::string attribute;  ///< What is read of the row instead of `at`, or empty.
  std::vector<Bound> positions;
  std::vector<std::pair<std::string, std::string>> same;  ///< Its attribute, and that of the row being judged: equal.
  const Place* place = nullptr;
};

/// A date: of a selected row, of a dated fact, or `from`/`until` of the rule; moved by `offset`.
struct DateText {
  enum class Source : std::uint8_t { selector, fact, from, until, date };
  Source source = Source::selector;
  Box<Selector> selector;  ///< For `selector`.
  std::string fact;
  Box<DateText> inner;  ///< For {"date": D, "offset": …}.
  std::optional<Period> offset;
  const Place* place = nullptr;
};

/// Where the row meant by a selector has to lie. (No std::pair: its half-known types would be asked for too early.)
struct Bound {
  Bound(Selector::Position where, DateText date) : position(where), limit(std::move(date)) {}
  Selector::Position position;
  DateText limit;
};

enum class Modality : std::uint8_t { must, must_not, should, normally, may };
enum class Severity : std::uint8_t { info, advisory, breach };

struct LimitText {
  std::optional<DateText> from;  ///< Where a limit of several has its own.
  Period period;
  bool ahead = false;  ///< Before `from` rather than after it.
  Box<Condition> when;
};

struct TransitionText {
  std::string id;
  std::vector<std::string> from;
  Selector on;  ///< Its event and where.
  Box<Condition> guard;
  std::string to;  ///< A state, or `same`.
  std::vector<std::string> cites;
  std::string derived;  ///< Why no clause states it, or empty.
  bool irregular = false;
  std::string place;
};

struct NodeText {
  std::string node;
  Condition question;  ///< A leaf.
  std::string yes;     ///< A node or an outcome.
  std::string no;
  std::vector<std::string> cites;
  std::string place;
};

struct OutcomeText {
  std::string name;  ///< met, not_met, restate.
  std::vector<std::string> cites;
};

struct RuleText {
  enum class Type : std::uint8_t { timescale, requirement, quorum, process, threshold, definition };
  Type type = Type::timescale;
  std::string id;
  std::string title;  ///< timescale: what its results are called; empty: its id, spelled out.
  std::string duty;
  std::vector<std::string> cites;
  Modality modality = Modality::should;
  Severity severity = Severity::advisory;
  std::vector<std::string> per;  ///< `case`, `child` and kinds of instance.
  Day in_force_from{-100000};
  Day in_force_to{100000};  ///< Last day, inclusive.
  bool checked = true;      ///< False: a number nobody saw in a source (`"checked": null`).
  Box<Condition> when;
  std::string section;
  std::string place;

  // timescale
  std::optional<DateText> from;
  Box<Selector> until;
  std::vector<LimitText> limits;  ///< `within`, `ahead`: one; `limits`: several; none: elapsed days are reported.
  bool take_latest = false;
  Box<Condition> during;  ///< `while`.
  bool repeats = false;
  Box<Selector> authorised_by;
  std::string who;  ///< The role that is to do it, or empty.

  // requirement, quorum, threshold
  Box<Selector> at;
  Box<Condition> expect;  ///< requirement: expect; definition: means.
  std::string say;
  Box<Condition> core;
  Box<Condition> others;
  Box<Condition> may_proceed;

  // process
  std::vector<std::string> states;
  std::string initial;
  std::vector<std::string> final_states;
  std::vector<TransitionText> transitions;

  // threshold
  std::string root;
  std::vector<NodeText> nodes;
  std::vector<OutcomeText> outcomes;
};

/// What a rule weighs unless it says so itself: by its modality, and more for a numbered limit. A definition and the
/// questions of a threshold tree weigh nothing of their own.
[[nodiscard]] Severity usual_severity(const RuleText& rule);

/// The clauses that a rule cites, and those that its transitions, questions and outcomes do; each once.
[[nodiscard]] std::vector<std::string> cited_by(const RuleText& rule);

struct ContextText {
  std::string clause;
  std::string reason;
  std::string section;
};

struct SourceText {
  std::string id;
  std::string title;
  std::string checked;               ///< A date or what was seen; empty where it is null.
  std::vector<std::string> clauses;  ///< All of its clauses in their order, where the rulebook lists them.
};

/// Whether a clause's id is one of that source's: `HERT-7.2.7a` of `HERT`.
[[nodiscard]] bool of_source(std::string_view clause, const SourceText& source);

/// What a layer does to a rule below it.
struct OverText {
  std::string rulebook;
  std::string rule;
  std::string by;  ///< The rule that replaces it; empty: disabled.
  std::string reason;
  std::string place;
  Box<Condition> when;  ///< Only where it holds; elsewhere the lower rule stands. Of timescales.
};

struct Rulebook {
  std::string name;
  std::string edition;
  std::string title;
  std::string nation;
  std::string calendar;  ///< The calendar it is written for.
  Day in_force_from{-100000};
  Day in_force_to{100000};
  std::vector<SourceText> sources;
  std::vector<std::pair<std::string, std::string>> terms;
  std::vector<OverText> over;
  std::vector<RuleText> rules;
  std::vector<ContextText> context;
  std::string fingerprint;
  std::shared_ptr<KeptPlaces> places;  ///< Of the parts of its rules.
  std::size_t condition_count = 0;     ///< About how many conditions its rules have: whoever compiles them makes room.
};

/// Whether its rules on who decides (duty `decision_maker`) expect this role to.
[[nodiscard]] bool decides(const Rulebook& book, std::string_view role);
/// The title that a rulebook gives to a role or other word of the vocabulary; empty where it has none.
[[nodiscard]] std::string_view title_in(const Rulebook& book, std::string_view word);

}  // namespace cpc
