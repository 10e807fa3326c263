// Needs by enumeration (MEANING, algorithms 5 and 6). Random conditions on small records: every way of filling in what
// is unknown is assessed, and tells what the engine should have said without it.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "assessment/rule_reads.h"
#include "assessment/support.h"

using namespace cpc;
using namespace cpc::test;

namespace {

/// The row that is judged, and two events that conditions select. None is linked to an instance.
constexpr const char* judged_event = "move_notified";
constexpr const char* selected_events[] = {"legal_action_recorded", "support_offered"};

/// An attribute that conditions read.
struct Readable {
  const char* name;
  AttributeType type;
  std::vector<const char*> words;
};

const std::map<std::string, std::vector<Readable>>& readable() {
  using T = AttributeType;
  static const std::map<std::string, std::vector<Readable>> of = {
      {"move_notified",
       {{"direction", T::enumeration, {"into_area", "out_of_area", "left_uk"}},
        {"permanent", T::yes_no, {}},
        {"on_plan", T::yes_no, {}},
        {"joint_working", T::yes_no, {}},
        {"handled_by", T::enumeration, {"social_worker", "team_manager", "police_officer"}}}},
      {"legal_action_recorded",
       {{"legal_action", T::enumeration, {"care_proceedings", "criminal_proceedings", "other_legal_action"}},
        {"legal_stage", T::enumeration, {"planned", "in_force", "ended"}},
        {"after_assessment", T::yes_no, {}}}},
      {"support_offered",
       {{"support_type", T::enumeration_set, {"support_services", "lead_professional"}},
        {"family_consents", T::yes_no, {}},
        {"compulsory", T::yes_no, {}},
        {"weeks", T::count, {}},
        {"reviewed_regularly", T::yes_no, {}}}}};
  return of;
}

/// Conditions as JSON. Each attribute of an event is read by one condition only: there once, so that the walk is exact,
/// or, where `repeats`, as often as it comes, so that a table is made.
class RandomConditions {
 public:
  RandomConditions(std::mt19937& random, bool repeats) : random_(random), repeats_(repeats), left_(readable()) {}

  std::string judged() { return root(judged_event, true); }
  bool distinct = false;  ///< One of them counts different values.

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  template <class List>
  auto take(List& list) {
    const auto at = list.begin() + below(static_cast<int>(list.size()));
    auto one = *at;
    list.erase(at);
    return one;
  }

  /// A condition on a row of an event, with some of the attributes that no other condition reads.
  std::string root(const std::string& event, bool selects) {
    std::vector<std::string> parts;
    auto& left = left_[event];
    for (int i = 1 + below(2); i > 0 && !left.empty(); --i) {
      const Readable fact = take(left);
      for (int times = repeats_ ? 1 + below(3) : 1; times > 0; --times) parts.push_back(leaf(fact));
    }
    if (selects)
      for (int i = below(3); i > 0 && any_left(); --i) parts.push_back(selection());
    // Whatever the record: the row has a date.
    if (parts.empty()) parts.emplace_back(R"({"fact":"at","given":true})");
    while (parts.size() > 1) {
      const std::string one = take(parts);
      const std::string other = take(parts);
      std::string both = below(2) == 0 ? R"({"all":[)" : R"({"any":[)";
      ((both += one) += ",") += other;
      both += "]}";
      parts.push_back(below(4) == 0 ? R"({"not":)" + both + "}" : both);
    }
    return parts.front();
  }

  bool any_left() {
    return std::any_of(std::begin(selected_events), std::end(selected_events),
                       [&](const char* event) { return !left_[event].empty(); });
  }

  std::string leaf(const Readable& fact) {
    const auto word = [&] {
      return "\"" + std::string(fact.words[static_cast<std::size_t>(below(static_cast<int>(fact.words.size())))]) +
             "\"";
    };
    std::string out = R"({"fact":")" + std::string(fact.name) + "\",";
    switch (fact.type) {
      case AttributeType::yes_no:
        return out + (below(2) == 0 ? R"("is":true})" : R"("is":false})");
      case AttributeType::enumeration:
        return below(2) == 0 ? out + R"("is":)" + word() + "}"
                             : out + R"("in":[")" + fact.words[0] + R"(",")" + fact.words[1 + below(2)] + R"("]})";
      case AttributeType::enumeration_set:
        return out + R"("has":)" + word() + "}";
      default:
        return out + (below(2) == 0 ? R"("at_least":)" : R"("at_most":)") + std::to_string(1 + below(4)) + "}";
    }
  }

  std::string selection() {
    std::string event;
    do event = selected_events[below(2)];
    while (left_[event].empty());
    std::string selector = R"({"event":")" + event + "\"";
    const int kind = below(5);
    std::string key;
    if (kind == 4 && !left_[event].empty()) {
      key = std::string(take(left_[event]).name);
      if (key == "support_type" || key == "weeks") key.clear();
    }
    if (below(3) > 0 && !left_[event].empty()) selector += R"(,"where":)" + root(event, false);
    const std::string expect = root(event, false);
    const auto close = [](std::string text) { return text + "}"; };
    switch (kind) {
      case 0:
        return R"({"occurs":)" + close(selector) + "}";
      case 1:
        return R"({"of":)" + selector + (below(2) == 0 ? R"(,"pick":"first"})" : R"(,"pick":"last"})") +
               R"(,"expect":)" + expect + "}";
      case 2:
        return R"({"every":)" + close(selector) + R"(,"expect":)" + expect + "}";
      default: {
        std::string out = R"({"count":)" + close(selector) + R"(,"expect":)" + expect;
        const int least = 1 + below(2);
        const int bounds = below(3);
        if (bounds != 1) out += R"(,"at_least":)" + std::to_string(least);
        if (bounds != 0) out += R"(,"at_most":)" + std::to_string(least + below(2));
        if (key.empty()) return out + "}";
        distinct = true;
        return out + R"(,"distinct":")" + key + "\"}";
      }
    }
  }

  std::mt19937& random_;
  bool repeats_;
  std::map<std::string, std::vector<Readable>> left_;
};

std::string rulebook_text(const std::string& when, const std::string& expect) {
  return R"({"cpconf":1,"rulebook":"small","edition":"1","title":"Small","nation":"england",
    "calendar":"england-and-wales","in_force":{"from":"2007-01-01"},
    "sources":[{"id":"SMALL","title":"Small","checked":"2026-11-22"}],
    "sections":[{"cpconf":1,"section":"1","title":"One","rules":[
      {"requirement":"one","duty":"plan_decision","cites":["SMALL-1"],"modality":"must","severity":"breach",
       "per":["child"],"at":{"event":"move_notified"},)" +
         (when.empty() ? "" : R"("when":)" + when + ",") + R"("expect":)" + expect + R"(,"say":"It is not so."}]}]})";
}

std::shared_ptr<const Program> small_program(const std::string& text) {
  static const Calendar days = calendar();
  auto book = read_rulebook(text, embedded_vocabulary());
  if (!book) FAIL(book.error().text() << "\n" << text);
  std::vector<Rulebook> books;
  books.push_back(std::move(*book));
  auto compiled = compile(std::move(books), days, embedded_vocabulary());
  if (!compiled) FAIL(compiled.error().text() << "\n" << text);
  return *compiled;
}

/// One judged row and a few of those that may be selected, each on its own day; about half of what they say is given.
std::string random_record(std::mt19937& random) {
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const auto row = [&](const std::string& event, int day) {
    std::string text = R"({"event":")" + event + R"(","at":")" + to_string(*day_of({2026, 1, 1}) + day) + "\"";
    for (const Readable& fact : readable().at(event)) {
      if (below(2) == 0) continue;
      text += ",\"" + std::string(fact.name) + "\":";
      const auto word = [&] {
        return "\"" + std::string(fact.words[static_cast<std::size_t>(below(static_cast<int>(fact.words.size())))]) +
               "\"";
      };
      text += fact.type == AttributeType::yes_no            ? (below(2) == 0 ? "true" : "false")
              : fact.type == AttributeType::enumeration     ? word()
              : fact.type == AttributeType::enumeration_set ? "[" + word() + "]"
                                                            : std::to_string(below(6));
    }
    return text + "}";
  };
  std::string text = R"({"cpconf":1,"case":"small","children":[{"child":"ada"}],"events":[)" + row(judged_event, 200);
  const int rows = below(5);
  for (int i = 0; i < rows; ++i) text += "," + row(selected_events[below(2)], 10 * i);
  return text + "]}";
}

/// An attribute of a row that is not known, and the values that stand for all it may be.
struct Unknown {
  std::int32_t row;
  std::int16_t slot;
  std::vector<Value> values;
  bool operator<(const Unknown& other) const { return std::pair(row, slot) < std::pair(other.row, other.slot); }
};

std::vector<Value> values_of(const EventType& event, std::int16_t slot, const Vocabulary& vocabulary) {
  const Slot& one = event.slots[static_cast<std::size_t>(slot)];
  const auto& named = readable().at(event.name);
  const auto& name = vocabulary.attribute_names.word(one.attribute);
  const auto fact = std::find_if(named.begin(), named.end(), [&](const Readable& f) { return f.name == name; });
  switch (one.type) {
    case AttributeType::yes_no:
      return {no_value, yes_value};
    case AttributeType::count:
      return {1, 2, 3, 4, 5, 6};  // 0 to 5: comparisons turn between 1 and 4.
    default:
      break;
  }
  const auto& words = vocabulary.enumerations[static_cast<std::size_t>(one.enumeration)];
  std::vector<Value> values;
  std::uint64_t asked = 0;
  for (const char* word : fact->words) asked |= std::uint64_t{1} << words.find(word);
  if (one.type == AttributeType::enumeration_set) {
    for (std::uint64_t some = asked;; some = (some - 1) & asked) {
      values.push_back(given_bit | some);
      if (some == 0) return values;
    }
  }
  for (std::size_t v = 0; v < words.values.size(); ++v)
    if ((asked >> v & 1) != 0) values.push_back(v + 1);
  // One that no condition asks for stands for all of those.
  for (std::size_t v = 0; v < words.values.size(); ++v)
    if ((asked >> v & 1) == 0) {
      values.push_back(v + 1);
      break;
    }
  return values;
}

/// One condition on one record: what the engine says, and what every completion gives.
class Completions {
 public:
  Completions(std::shared_ptr<const Program> rules, const std::string& record) : rules_(std::move(rules)) {
    const auto read = read_record(record, Reading::strict, record_);
    if (!read) FAIL(read.error().text() << "\n" << record);
    find_unknowns();
  }

  [[nodiscard]] bool small_enough() const { return unknowns.size() <= 10 && completions_ <= 20000; }

  void run() {
    said = judge(true);
    for (const Need& need : result_.needs) {
      if (need.fact < 0 || need.row < 0) continue;
      needed.insert({need.row, rules_->facts[static_cast<std::size_t>(need.fact)].slot});
    }
    statuses_.resize(completions_);
    for (std::size_t at = 0; at < completions_; ++at) {
      std::size_t rest = at;
      for (const Unknown& one : unknowns) {
        slot(one) = one.values[rest % one.values.size()];
        rest /= one.values.size();
      }
      statuses_[at] = judge(false);
      possible.insert(statuses_[at]);
    }
    for (const Unknown& one : unknowns) slot(one) = unknown_value;
  }

  /// Whether two answers to it alone give different results, whatever the others are.
  [[nodiscard]] bool matters(std::size_t which) const {
    std::size_t stride = 1;
    for (std::size_t i = 0; i < which; ++i) stride *= unknowns[i].values.size();
    for (std::size_t at = 0; at < completions_; ++at)
      if (statuses_[at] != statuses_[at - at / stride % unknowns[which].values.size() * stride]) return true;
    return false;
  }

  [[nodiscard]] std::string name(const Unknown& one) const {
    const EventType& event = rules_->vocabulary->events[record_.rows[static_cast<std::size_t>(one.row)].event];
    return event.name + " (row " + std::to_string(one.row) + ")." +
           rules_->vocabulary->attribute_names.word(event.slots[static_cast<std::size_t>(one.slot)].attribute);
  }
  [[nodiscard]] bool is_key(const Unknown& one) const {
    return std::any_of(rules_->nodes.begin(), rules_->nodes.end(), [&](const Node& node) {
      if (node.op != Condition::Op::count || node.other < 0) return false;
      const Fact& key = rules_->facts[static_cast<std::size_t>(node.other)];
      return key.event == record_.rows[static_cast<std::size_t>(one.row)].event && key.slot == one.slot;
    });
  }

  std::vector<Unknown> unknowns;
  RequirementStatus said = RequirementStatus::undetermined;
  std::set<std::pair<std::int32_t, std::int16_t>> needed;
  std::set<RequirementStatus> possible;

 private:
  void find_unknowns() {
    const RuleReads reads(*rules_, 0);
    std::set<std::pair<EventId, std::int16_t>> slots;
    for (const Index number : reads.facts) {
      const Fact& fact = rules_->facts[static_cast<std::size_t>(number)];
      if (fact.source == Fact::Source::slot) slots.insert({fact.event, fact.slot});
    }
    for (std::size_t row = 0; row < record_.rows.size(); ++row)
      for (const auto& [event, slot_number] : slots) {
        if (record_.rows[row].event != event) continue;
        Unknown one{static_cast<std::int32_t>(row), slot_number, {}};
        if (slot(one) != unknown_value) continue;
        one.values = values_of(rules_->vocabulary->events[event], slot_number, *rules_->vocabulary);
        completions_ = std::min<std::size_t>(completions_ * one.values.size(), 1000000);
        unknowns.push_back(std::move(one));
      }
  }

  Value& slot(const Unknown& one) {
    return record_.slots(record_.rows[static_cast<std::size_t>(one.row)])[static_cast<std::size_t>(one.slot)];
  }

  RequirementStatus judge(bool needs) {
    AssessOptions options;
    options.as_of = moment("2026-11-22");
    options.needs = needs;
    assess(rules_, record_, options, workspace_, result_);
    REQUIRE(result_.requirements.size() == 1);
    return result_.requirements.front().status;
  }

  std::shared_ptr<const Program> rules_;
  Record record_;
  Workspace workspace_;
  Assessment result_;
  std::size_t completions_ = 1;
  std::vector<RequirementStatus> statuses_;
};

/// Satisfied is said although it may not apply; else only what every completion gives is said.
bool right(RequirementStatus said, const std::set<RequirementStatus>& possible) {
  const bool unbroken = possible.count(RequirementStatus::broken) == 0;
  if (said == RequirementStatus::undetermined) return possible.size() > 1 && !unbroken;
  return possible == std::set<RequirementStatus>{said} || (said == RequirementStatus::satisfied && unbroken);
}

}  // namespace

TEST_CASE("what is needed is what would settle a result, and all of it", "[assessment]") {
  const bool repeats = GENERATE(false, true);
  std::mt19937 random(repeats ? 2 : 1);
  int undetermined = 0;
  int facts = 0;
  for (int i = 0; i < 1500; ++i) {
    RandomConditions conditions(random, repeats);
    const std::string when = random() % 3 == 0 ? conditions.judged() : "";
    const std::string text = rulebook_text(when, conditions.judged());
    const std::string record = random_record(random);
    Completions tried(small_program(text), record);
    if (!tried.small_enough()) continue;
    INFO("condition " << i << "\n" << text << "\n" << record);
    tried.run();
    INFO("said " << to_string(tried.said));
    REQUIRE(right(tried.said, tried.possible));
    if (tried.said != RequirementStatus::undetermined) {
      CHECK(tried.needed.empty());
      continue;
    }
    ++undetermined;
    std::size_t found = 0;
    for (std::size_t u = 0; u < tried.unknowns.size(); ++u) {
      const Unknown& one = tried.unknowns[u];
      const bool needed = tried.needed.count({one.row, one.slot}) > 0;
      found += needed ? 1 : 0;
      INFO(tried.name(one) << (needed ? " is" : " is not") << " needed");
      // Under a count of different values a key may be listed that cannot matter (MEANING, algorithm 6).
      if (needed && tried.is_key(one)) continue;
      REQUIRE(needed == tried.matters(u));
      ++facts;
    }
    CHECK(found == tried.needed.size());
  }
  CHECK(undetermined > 100);  // else the test would show nothing
  CHECK(facts > 300);
}

TEST_CASE("a question that stands twice in a tree is answered once", "[assessment]") {
  // Whether harm was suffered leads to the same question either way: it cannot change the outcome.
  const auto rules = small_program(R"({"cpconf":1,"rulebook":"small","edition":"1","title":"Small","nation":"england",
    "calendar":"england-and-wales","in_force":{"from":"2007-01-01"},
    "sources":[{"id":"SMALL","title":"Small","checked":"2026-11-22"}],
    "sections":[{"cpconf":1,"section":"1","title":"One","rules":[
      {"threshold":"harm","duty":"threshold","cites":["SMALL-1"],"modality":"must","per":["child"],
       "at":{"event":"threshold_assessed"},"root":"suffered","nodes":[
       {"node":"suffered","fact":"has_suffered","yes":"likely","no":"likely-else","cites":["SMALL-1"]},
       {"node":"likely","fact":"likely_to_suffer","yes":"met","no":"not_met","cites":["SMALL-1"]},
       {"node":"likely-else","fact":"likely_to_suffer","yes":"met","no":"not_met","cites":["SMALL-1"]}],
       "outcomes":{"met":["SMALL-1"],"not_met":["SMALL-1"]}}]}]})");
  const auto said = assessed(rules,
                             R"({"cpconf":1,"case":"small","children":[{"child":"ada"}],"events":[
                                 {"event":"threshold_assessed","at":"2026-06-01"}]})",
                             "2026-11-22", true);
  REQUIRE(said.result.thresholds.size() == 1);
  REQUIRE(said.result.thresholds.front().needs.size() == 1);
  const Index needed = said.result.thresholds.front().needs.front();
  CHECK(rules->facts[static_cast<std::size_t>(needed)].name == "likely_to_suffer");
}
