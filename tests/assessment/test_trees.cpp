// Every combination of answers to every threshold tree, against the formula of the tree's text. A blank answer is never
// no: what a combination comes to is what all ways of filling in its blanks have in common.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "assessment/support.h"

using namespace cpc;
using namespace cpc::test;

namespace {

enum class Verdict : std::uint8_t { met, not_met, restate };

/// One thing that a row can say to a question, and what that is to the formula: yes, no or (unknown) blank.
struct Answer {
  Value said = unknown_value;
  Truth means = Truth::unknown;
};

struct Question {
  std::string fact;  ///< As results name it.
  std::vector<Answer> answers;
  std::string attribute;  ///< Where it is written; empty: the record says it elsewhere, the same in each combination.
  std::string event = "threshold_assessed";
};

Question yes_no(const std::string& fact) { return {fact, {{yes_value, Truth::yes}, {no_value, Truth::no}, {}}, fact}; }

Value word(const std::string& enumeration, const std::string& value) {
  const auto& list =
      embedded_vocabulary().enumerations[static_cast<std::size_t>(embedded_vocabulary().enumeration(enumeration))];
  REQUIRE(list.find(value) >= 0);
  return static_cast<Value>(list.find(value)) + 1;
}

/// Likely on a real, substantial risk is yes. On other words, or on no stated basis, it is not that (E-02).
Question likelihood() {
  Question out{"likelihood_basis", {{}}, "likelihood_basis"};
  for (const auto* basis : {"real_substantial_risk", "probable", "possible", "none"})
    out.answers.push_back({word("likelihood_basis", basis), truth(std::string(basis) == "real_substantial_risk")});
  return out;
}

/// Either source of support substantiates; a set that is given is whole, so one without either is a no.
Question substantiation() {
  const Value findings = Value{1} << (word("substantiation", "enquiry_findings") - 1);
  const Value research = Value{1} << (word("substantiation", "research_evidence") - 1);
  Question out{"substantiation", {{}, {given_bit, Truth::no}}, "substantiation"};
  for (const Value set : {findings, research, findings | research})
    out.answers.push_back({given_bit | set, Truth::yes});
  return out;
}

/// What stands fast in the record, in the place of a question.
Question fixed(const std::string& fact, Truth means) { return {fact, {{unknown_value, means}}, {}, {}}; }

using Filled = std::vector<bool>;  ///< An answer per question, none blank.
using Formula = Verdict (*)(const Filled&);

struct Tree {
  std::string rulebook;
  std::string rule;
  std::string record;
  std::vector<Question> questions;  ///< The formula reads them by position; those after its own move nothing.
  Formula formula;
};

/// limb 1: has suffered and more is likely. limb 2: likely to suffer, substantiated. Hertfordshire 7.9.2, Devon 4.
Verdict either_limb(const Filled& a) { return (a[0] && a[1]) || (a[2] && a[3]) ? Verdict::met : Verdict::not_met; }

/// 1a or 1b, and 2, 3 and 4. Step 3 is no for a young person's own risk taking without collusion or failure to protect
/// (E-04). 1b and 4 need a real, substantial risk (E-02).
Verdict herefordshire(const Filled& a) {
  const bool step_1 = a[0] || a[1], step_2 = a[2], own_risk_taking = a[3] && !a[4], step_4 = a[6];
  const bool step_3 = a[5] && !own_risk_taking;
  if (!(step_1 && step_2 && step_3 && step_4)) return Verdict::not_met;
  return a[7] ? Verdict::met : Verdict::restate;
}

/// Steps 1, 2 and 3, the last on a real, substantial risk.
Verdict dudley(const Filled& a) {
  if (!(a[0] && a[1] && a[2])) return Verdict::not_met;
  return a[3] ? Verdict::met : Verdict::restate;
}

Verdict coordinator(const Filled& a) { return a[0] ? Verdict::met : Verdict::not_met; }

std::string record_of(const std::string& children, const std::string& events = {}, const std::string& open = {}) {
  return R"({"cpconf":1,"case":"t","not_recorded":[)" + open + R"(],"children":[)" + children + R"(],"events":[)" +
         events +
         R"({"event":"conference_arranged","at":"2026-11-04","conference":"c1","conference_type":"initial",
             "scheduled_for":"2026-11-23T10:00"},
            {"event":"conference_held","at":"2026-11-23T10:00","conference":"c1","session_outcome":"completed"},
            {"event":"threshold_assessed","at":"2026-11-23","conference":"c1","threshold_stage":"conference",
             "person":"x","role":"health_visitor"}]})";
}

const std::string one_child = R"({"child":"ada","date_of_birth":"2010-05-09"})";
const std::string risk_taking = R"({"event":"circumstance_recorded","at":"2026-11-05","child":"ada",
    "circumstance":"risk_taking_behaviour"},)";

/// A combination: an answer (its number) to each question. The first moves fastest.
using Combination = std::vector<std::size_t>;

bool advance(Combination& combination, const std::vector<Question>& questions) {
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (++combination[i] < questions[i].answers.size()) return true;
    combination[i] = 0;
  }
  return false;
}

/// What a combination should come to, and which of its blanks can still change that.
struct Expected {
  Outcome outcome = Outcome::undetermined;
  bool restate = false;
  std::set<std::string> needs;
  [[nodiscard]] std::string name() const { return restate ? "restate" : to_string(outcome); }
  [[nodiscard]] std::string text() const {
    std::string out = name() + ", would be settled by:";
    for (const auto& need : needs) out.append(" ").append(need);
    return out;
  }
  bool operator==(const Expected&) const = default;
};

Expected expected(const Tree& tree, const Combination& combination) {
  Filled filled;
  std::vector<std::size_t> blanks;
  for (std::size_t i = 0; i < combination.size(); ++i) {
    const Truth means = tree.questions[i].answers[combination[i]].means;
    filled.push_back(means == Truth::yes);
    if (means == Truth::unknown) blanks.push_back(i);
  }
  Expected out;
  std::set<Verdict> seen;
  for (std::size_t ways = 0; ways < std::size_t{1} << blanks.size(); ++ways) {
    for (std::size_t i = 0; i < blanks.size(); ++i) filled[blanks[i]] = (ways >> i & 1) != 0;
    const Verdict verdict = tree.formula(filled);
    seen.insert(verdict);
    for (const std::size_t blank : blanks) {
      filled[blank] = !filled[blank];
      if (tree.formula(filled) != verdict) out.needs.insert(tree.questions[blank].fact);
      filled[blank] = !filled[blank];
    }
  }
  if (seen == std::set{Verdict::met}) out.outcome = Outcome::met;
  if (seen == std::set{Verdict::not_met}) out.outcome = Outcome::not_met;
  out.restate = seen == std::set{Verdict::restate};
  return out;
}

/// The slot of the record in which each question is answered, or nothing.
std::vector<Value*> places(Record& record, const std::vector<Question>& questions) {
  std::vector<Value*> out;
  for (const Question& question : questions) {
    Value* place = nullptr;
    const auto row = std::find_if(record.rows.begin(), record.rows.end(), [&](const Row& each) {
      return embedded_vocabulary().events[each.event].name == question.event;
    });
    if (!question.attribute.empty()) {
      REQUIRE(row != record.rows.end());
      const int slot = embedded_vocabulary().slot(row->event, question.attribute);
      REQUIRE(slot >= 0);
      place = &record.slots(*row)[static_cast<std::size_t>(slot)];
    }
    out.push_back(place);
  }
  return out;
}

Expected found(const Assessment& assessment, const ThresholdResult& result) {
  Expected out{result.outcome, result.restate, {}};
  for (const Index fact : result.needs)
    out.needs.insert(assessment.program->facts[static_cast<std::size_t>(fact)].name);
  return out;
}

std::string shown(const Tree& tree, const Combination& combination) {
  std::string out = tree.rulebook;
  for (std::size_t i = 0; i < combination.size(); ++i) {
    const Truth means = tree.questions[i].answers[combination[i]].means;
    out.append("\n  ").append(tree.questions[i].fact).append(": ");
    out.append(means == Truth::yes ? "yes" : means == Truth::no ? "no" : "blank");
  }
  return out;
}

/// Runs every combination, for every child of the record alike; says how many came to what.
std::map<std::string, int> run(const Tree& tree) {
  Record record;
  const auto read = read_record(tree.record, Reading::strict, record);
  if (!read) FAIL(read.error().text());
  const auto slots = places(record, tree.questions);
  const auto rules = program(tree.rulebook);
  AssessOptions options;
  options.as_of = moment("2026-11-30");
  options.needs = true;
  options.next = false;
  Workspace workspace;
  Assessment assessment;
  std::map<std::string, int> count;
  Combination combination(tree.questions.size(), 0);
  do {
    for (std::size_t i = 0; i < slots.size(); ++i)
      if (slots[i]) *slots[i] = tree.questions[i].answers[combination[i]].said;
    assess(rules, record, options, workspace, assessment);
    const Expected wanted = expected(tree, combination);
    std::size_t judged = 0;
    for (const auto& result : assessment.thresholds) {
      if (rules->rules[static_cast<std::size_t>(result.rule)].text->id != tree.rule) continue;
      ++judged;
      if (const Expected is = found(assessment, result); is != wanted)
        FAIL_CHECK(shown(tree, combination) << "\nshould be " << wanted.text() << "\nbut is " << is.text());
    }
    if (judged != record.children.size()) FAIL_CHECK(shown(tree, combination) << "\nis judged for " << judged);
    ++count[wanted.name()];
  } while (advance(combination, tree.questions));
  return count;
}

using Count = std::map<std::string, int>;

}  // namespace

TEST_CASE("answers to the two limbs of Hertfordshire and of Devon come to what their text says", "[assessment]") {
  const auto [rulebook, rule] =
      GENERATE(table<std::string, std::string>({{"hertfordshire", "continuing-risk"}, {"devon", "plan-criteria"}}));
  const Tree tree{rulebook,
                  rule,
                  record_of(one_child),
                  {yes_no("has_suffered"), yes_no("further_harm_likely"), yes_no("likely_to_suffer"), substantiation()},
                  either_limb};
  CHECK(run(tree) == Count{{"met", 39}, {"not_met", 35}, {"undetermined", 61}});
}

TEST_CASE("answers to the steps of Herefordshire come to what its text says", "[assessment]") {
  // A row of a circumstance that does not say `present` says that it is there.
  const Question own_risk{"circumstance_present",
                          {{yes_value, Truth::yes}, {no_value, Truth::no}, {unknown_value, Truth::yes}},
                          "present",
                          "circumstance_recorded"};
  Tree tree{"herefordshire",
            "significant-harm",
            record_of(one_child, risk_taking),
            {yes_no("impact_evidenced"), yes_no("impact_likely"), yes_no("significant_harm"), own_risk,
             yes_no("collusion_or_failure"), yes_no("parental_care"), yes_no("harm_will_continue"), likelihood()},
            herefordshire};
  CHECK(run(tree) == Count{{"met", 25}, {"not_met", 8695}, {"restate", 75}, {"undetermined", 2140}});

  SECTION("where no risk taking is recorded there is none") {
    tree.record = record_of(one_child);
    tree.questions[3] = fixed("circumstance_present", Truth::no);
    CHECK(run(tree) == Count{{"met", 15}, {"not_met", 2685}, {"restate", 45}, {"undetermined", 900}});
  }
  SECTION("where circumstances are not recorded it is not known") {
    tree.record = record_of(one_child, {}, R"("circumstance_recorded")");
    tree.questions[3] = fixed("circumstance_present", Truth::unknown);
    CHECK(run(tree) == Count{{"met", 5}, {"not_met", 2685}, {"restate", 15}, {"undetermined", 940}});
  }
}

TEST_CASE("answers to the steps of Dudley come to what its text says, for children of any age alike", "[assessment]") {
  const std::string children = R"({"child":"nine","date_of_birth":"2017-05-09"},
      {"child":"sixteen","date_of_birth":"2010-05-09"},{"child":"seventeen","date_of_birth":"2009-05-09"},
      {"child":"unborn","expected_delivery_date":"2027-02-20"})";
  Tree tree{"dudley",
            "significant-harm",
            record_of(children),
            {yes_no("impact_evidenced"), yes_no("parental_care"), yes_no("harm_will_continue"), likelihood()},
            dudley};
  CHECK(run(tree) == Count{{"met", 1}, {"not_met", 95}, {"restate", 3}, {"undetermined", 36}});
}

TEST_CASE("the one question of the Coordinator's text is the answer", "[assessment]") {
  const Tree tree{"coordinator", "future-harm", record_of(one_child), {yes_no("likely_to_suffer")}, coordinator};
  CHECK(run(tree) == Count{{"met", 1}, {"not_met", 1}, {"undetermined", 1}});
}

TEST_CASE("answers of which a text says nothing do not move its test", "[assessment]") {
  const auto idle = [](Tree tree, const std::vector<std::string>& facts) {
    for (const auto& fact : facts) tree.questions.push_back(fact == "likelihood_basis" ? likelihood() : yes_no(fact));
    return run(tree);
  };
  const std::vector limbs = {yes_no("has_suffered"), yes_no("further_harm_likely"), yes_no("likely_to_suffer"),
                             substantiation()};
  const Count times_45{{"met", 39 * 45}, {"not_met", 35 * 45}, {"undetermined", 61 * 45}};
  CHECK(idle({"devon", "plan-criteria", record_of(one_child), limbs, either_limb},
             {"threshold_view", "plan_view", "likelihood_basis"}) == times_45);
  CHECK(idle({"hertfordshire", "continuing-risk", record_of(one_child), limbs, either_limb}, {"parental_care"}) ==
        Count{{"met", 39 * 3}, {"not_met", 35 * 3}, {"undetermined", 61 * 3}});
  // What a reasonable parent would do neither answers step 2 nor overrides it (U-05).
  const std::vector steps = {yes_no("impact_evidenced"), yes_no("parental_care"), yes_no("harm_will_continue"),
                             likelihood()};
  CHECK(idle({"dudley", "significant-harm", record_of(one_child), steps, dudley}, {"reasonable_parent_care"}) ==
        Count{{"met", 3}, {"not_met", 95 * 3}, {"restate", 9}, {"undetermined", 36 * 3}});
  CHECK(idle({"coordinator", "future-harm", record_of(one_child), {yes_no("likely_to_suffer")}, coordinator},
             {"has_suffered", "likelihood_basis"}) == Count{{"met", 15}, {"not_met", 15}, {"undetermined", 15}});
}

TEST_CASE("the test is put at the conference, and in Dudley wherever the checklist is used", "[assessment]") {
  const auto [rulebook, at_other_stages] = GENERATE(table<std::string, bool>({{"hertfordshire", false},
                                                                              {"herefordshire", false},
                                                                              {"devon", false},
                                                                              {"coordinator", false},
                                                                              {"dudley", true}}));
  for (const auto* stage : {"strategy_discussion", "section_47", "threshold_discussion", "conference"}) {
    auto record = record_of(one_child);
    const std::string stated = R"("threshold_stage":"conference")";
    record.replace(record.find(stated), stated.size(), R"("threshold_stage":")" + std::string(stage) + '"');
    INFO(rulebook << " at " << stage);
    const auto judged = assessed(program(rulebook), record, "2026-11-30");
    CHECK(judged.result.thresholds.size() == (at_other_stages || std::string(stage) == "conference" ? 1 : 0));
  }
}
