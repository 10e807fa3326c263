#include "assessment/timetable.h"

#include <algorithm>
#include <map>
#include <set>

#include "assessment/findings.h"
#include "assessment/plan_list.h"
#include "assessment/wording.h"
#include "assessment/workspace.h"
#include "base/text.h"
#include "program/steps.h"

namespace cpc {
namespace {

constexpr int farthest = 400;            ///< Days that the window is looked for.
constexpr std::size_t most_steps = 100;  ///< Of `latest`.
constexpr int horizon = 400;             ///< Days that `latest` looks ahead.

/// A record with rows that are to come, and its assessment.
struct Trial {
  Record record;
  Workspace workspace;
  Assessment result;
};

bool has_limit(const Rule& rule) { return rule.type == RuleText::Type::timescale && !rule.limits.empty(); }
bool lies_ahead(const Rule& rule) {
  return std::any_of(rule.limits.begin(), rule.limits.end(), [](const LimitRef& limit) { return limit.ahead; });
}

class Planner {
 public:
  Planner(std::shared_ptr<const Program> program, const Record& record, const TimetableRequest& request)
      : program_(std::move(program)), vocabulary_(*program_->vocabulary), record_(record), request_(request) {}

  Result<Timetable> plan();

 private:
  [[nodiscard]] const Rule& rule_of(Index rule) const { return program_->rules[static_cast<std::size_t>(rule)]; }
  Result<Done> choose_conference(Timetable& out);
  void assess_trial(Trial& trial, Moment as_of) const;
  void start(Trial& trial) const;

  // Rows to come.
  Row& add(Trial& trial, std::string_view event, Moment at) const;
  void set(Trial& trial, const Row& row, std::string_view attribute, std::string_view word) const;
  void add_arranged(Trial& trial, Moment at, Moment scheduled_for) const;
  std::int32_t add_held(Trial& trial, Moment at) const;
  void add_decisions(Trial& trial, Moment at) const;
  [[nodiscard]] bool satisfy(Trial& trial, const Row& row, const Condition& condition) const;
  [[nodiscard]] std::optional<std::int32_t> add_step(Trial& trial, const TimescaleResult& step, Moment at) const;

  [[nodiscard]] TimetableStep step_of(const Trial& trial, const TimescaleResult& result) const;
  [[nodiscard]] bool of_conference(const Trial& trial, const ScopeId& scope) const;
  void limits_on(Moment day, Timetable& out) const;
  void find_window(Timetable& out) const;
  void find_then(Timetable& out) const;
  void find_latest(Timetable& out) const;

  std::shared_ptr<const Program> program_;
  const Vocabulary& vocabulary_;
  const Record& record_;
  const TimetableRequest& request_;
  std::string conference_;
  std::string type_;
};

/// What is dated later than the plan is not known to it: rows to come stand in its place.
void Planner::start(Trial& trial) const {
  trial.record = record_;
  std::erase_if(trial.record.rows, [&](const Row& row) {
    return row.at != unknown_value && compare_moments(moment_of(row.at), request_.as_of) > 0;
  });
}

void Planner::assess_trial(Trial& trial, Moment as_of) const {
  AssessOptions options;
  options.as_of = as_of;
  options.known_at = request_.known_at;
  options.next = false;
  assess(program_, trial.record, options, trial.workspace, trial.result);
}

// ---- Rows to come

Row& Planner::add(Trial& trial, std::string_view event, Moment at) const {
  Row& row = trial.record.add_row(static_cast<EventId>(vocabulary_.event(event)));
  row.at = value_of(at);
  // Planned is known: `known_at` must not hide it.
  if (request_.known_at)
    row.recorded_at =
        value_of(std::min(at, *request_.known_at, [](Moment a, Moment b) { return compare_moments(a, b) < 0; }));
  row.position = static_cast<std::uint32_t>(trial.record.rows.size());
  return row;
}

void Planner::set(Trial& trial, const Row& row, std::string_view attribute, std::string_view word) const {
  const int slot = vocabulary_.slot(row.event, attribute);
  if (slot < 0) return;
  const auto& type = vocabulary_.events[row.event].slots[static_cast<std::size_t>(slot)];
  Value& value = trial.record.slots(row)[static_cast<std::size_t>(slot)];
  switch (type.type) {
    case AttributeType::yes_no:
    case AttributeType::present:
      value = value_of(word == "true");
      break;
    case AttributeType::enumeration:
    case AttributeType::enumeration_set: {
      const int found = vocabulary_.enumerations[static_cast<std::size_t>(type.enumeration)].find(word);
      if (found < 0) return;
      if (type.type == AttributeType::enumeration)
        value = static_cast<Value>(found) + 1;
      else
        value |= given_bit | Value{1} << found;
      break;
    }
    default:
      break;
  }
}

void Planner::add_arranged(Trial& trial, Moment at, Moment scheduled_for) const {
  const auto conference = trial.record.ids.intern(conference_);
  Row& row = add(trial, "conference_arranged", at);
  row.conference = conference;
  set(trial, row, "conference_type", type_);
  const int slot = vocabulary_.slot(row.event, "scheduled_for");
  trial.record.slots(row)[static_cast<std::size_t>(slot)] = value_of(scheduled_for);
}

std::int32_t Planner::add_held(Trial& trial, Moment at) const {
  const auto conference = trial.record.ids.intern(conference_);
  Row& row = add(trial, "conference_held", at);
  row.conference = conference;
  set(trial, row, "session_outcome", "completed");
  return static_cast<std::int32_t>(trial.record.rows.size()) - 1;
}

/// A plan is made, or goes on, for every child that the conference is about.
void Planner::add_decisions(Trial& trial, Moment at) const {
  const auto conference = trial.record.ids.intern(conference_);
  Row& row = add(trial, "decision_made", Moment{at.day, -1});
  row.conference = conference;
  set(trial, row, "decision", type_ == "review" ? "plan_continued" : "plan_made");
  set(trial, row, "decision_maker", "conference_chair");
}

/// Gives the row what a condition asks of it, as far as one answer does. What it cannot give, the assessment will show.
bool Planner::satisfy(Trial& trial, const Row& row, const Condition& condition) const {
  switch (condition.op) {
    case Condition::Op::all:
      return std::all_of(condition.parts.begin(), condition.parts.end(),
                         [&](const Condition& part) { return satisfy(trial, row, part); });
    case Condition::Op::any:
      return std::any_of(condition.parts.begin(), condition.parts.end(),
                         [&](const Condition& part) { return satisfy(trial, row, part); });
    case Condition::Op::fact:
      if (condition.compare == Compare::is && !condition.values.empty())
        set(trial, row, condition.fact, condition.values.front());
      if (condition.compare == Compare::has)
        for (const auto& word : condition.values) set(trial, row, condition.fact, word);
      if (condition.compare == Compare::given) set(trial, row, condition.fact, "true");
      return true;
    default:
      return true;
  }
}

/// Adds the row that would end a limit, in the instances that the limit is judged for. Nothing where one of them has no
/// name by which a row could join it.
std::optional<std::int32_t> Planner::add_step(Trial& trial, const TimescaleResult& step, Moment at) const {
  const RuleText& text = *rule_of(step.rule).text;
  const Selector& until = text.until.front();
  const auto event = static_cast<EventId>(vocabulary_.event(until.event));
  const EventType& type = vocabulary_.events[event];
  std::array<std::uint32_t, kind_count> named{};
  named.fill(no_id);
  for (const auto number : step.scope.instance) {
    if (number < 0) continue;
    const auto& instance = instance_name(trial.result, number);
    if (trial.record.ids.find(instance.id) < 0) return std::nullopt;
    named[static_cast<std::size_t>(instance.kind)] = trial.record.ids.intern(instance.id);
  }
  Row& row = add(trial, until.event, at);
  if (type.per_child && step.scope.child >= 0) row.children = std::uint64_t{1} << step.scope.child;
  if (type.conference != ConferenceColumn::none) row.conference = named[static_cast<std::size_t>(Kind::conference)];
  if (type.instance >= 0 && type.instance != static_cast<int>(Kind::conference))
    row.instance = named[static_cast<std::size_t>(type.instance)];
  for (std::size_t kind = 0; kind < kind_count; ++kind)
    if (type.reference_slot[kind] >= 0 && named[kind] != no_id)
      trial.record.slots(row)[static_cast<std::size_t>(type.reference_slot[kind])] =
          static_cast<Value>(named[kind]) + 1;
  for (const auto& condition : until.where) (void)satisfy(trial, row, condition);
  return static_cast<std::int32_t>(trial.record.rows.size()) - 1;
}

// ---- Steps

TimetableStep Planner::step_of(const Trial& trial, const TimescaleResult& result) const {
  const Rule& rule = rule_of(result.rule);
  TimetableStep step;
  step.rule = rule.name;
  step.title = title_of(trial.result, result);
  step.limit = limit_text(*rule.text);
  step.duty = rule.text->duty;
  step.who = rule.text->who;
  step.clauses = rule.text->cites;
  step.severity = rule.severity;
  if (result.scope.child >= 0) step.child = child_name(trial.result, result.scope.child);
  for (const auto number : result.scope.instance) {
    if (number < 0) continue;
    const auto& instance = instance_name(trial.result, number);
    step.instances.emplace_back(vocabulary_.instances[static_cast<std::size_t>(instance.kind)].name, instance.id);
  }
  step.from = result.from;
  step.due = result.due;
  step.act_by = result.act_by;
  step.ended = result.ended;
  step.provisional = result.provisional;
  step.unverified = result.unverified;
  step.standing = result.status == TimescaleStatus::pending ? TimetableStep::Standing::possible
                  : result.status == TimescaleStatus::met   ? TimetableStep::Standing::done
                                                            : TimetableStep::Standing::too_late;
  return step;
}

bool Planner::of_conference(const Trial& trial, const ScopeId& scope) const {
  const auto at = conference_of(trial.result, scope);
  return at >= 0 && instance_name(trial.result, at).id == conference_;
}

bool judged(TimescaleStatus status) {
  return status == TimescaleStatus::pending || status == TimescaleStatus::met || status == TimescaleStatus::late ||
         status == TimescaleStatus::overdue || status == TimescaleStatus::missed;
}

/// The limits of a conference held on a day: those that end with it, and those that lie ahead of it.
void Planner::limits_on(Moment day, Timetable& out) const {
  out.ends_with.clear();
  out.before.clear();
  Trial ahead;
  start(ahead);
  add_arranged(ahead, request_.as_of, day);
  assess_trial(ahead, request_.as_of);
  for (const auto& result : ahead.result.timescales)
    if (has_limit(rule_of(result.rule)) && lies_ahead(rule_of(result.rule)) && judged(result.status) &&
        of_conference(ahead, result.scope))
      out.before.push_back(step_of(ahead, result));
  Trial held;
  start(held);
  add_arranged(held, request_.as_of, day);
  const auto row = add_held(held, day);
  assess_trial(held, day);
  for (const auto& result : held.result.timescales)
    if (has_limit(rule_of(result.rule)) && result.until_row == row && judged(result.status))
      out.ends_with.push_back(step_of(held, result)), out.ends_with.back().ended = unknown_value;
  const auto kept = [](const TimetableStep& step) { return step.standing != TimetableStep::Standing::too_late; };
  out.within_every_limit = std::all_of(out.before.begin(), out.before.end(), kept) &&
                           std::all_of(out.ends_with.begin(), out.ends_with.end(), kept);
}

void Planner::find_window(Timetable& out) const {
  Timetable trial;
  out.window.open_ended = true;
  for (int ahead = 0; ahead <= farthest; ++ahead) {
    const Day day = request_.as_of.day + ahead;
    if (!program_->calendar.is_working_day(day)) continue;
    limits_on(Moment{day, request_.proposed->minute}, trial);
    if (!trial.ends_with.empty()) out.window.open_ended = false;
    const auto missed = [](const TimetableStep& step) { return step.standing == TimetableStep::Standing::too_late; };
    if (trial.within_every_limit) {
      if (!out.window.first) out.window.first = day;
      out.window.last = day;
    } else if (std::any_of(trial.ends_with.begin(), trial.ends_with.end(), missed)) {
      break;  // later days miss it too
    }
    if (trial.ends_with.empty() && trial.before.empty()) break;
  }
  if (out.window.open_ended) out.window.last.reset();
}

/// What becomes due because the conference was held and a plan made or continued.
void Planner::find_then(Timetable& out) const {
  const Moment day = *request_.proposed;
  Trial without;
  start(without);
  assess_trial(without, day);
  const auto keys_before = timescale_keys(without.result);
  std::map<std::string, Value> due_before;
  for (std::size_t i = 0; i < keys_before.size(); ++i) due_before[keys_before[i]] = without.result.timescales[i].due;
  Trial held;
  start(held);
  add_arranged(held, request_.as_of, day);
  add_held(held, day);
  add_decisions(held, day);
  assess_trial(held, Moment{day.day, -1});
  const auto keys = timescale_keys(held.result);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto& result = held.result.timescales[i];
    if (!has_limit(rule_of(result.rule)) || result.status != TimescaleStatus::pending) continue;
    const auto before = due_before.find(keys[i]);
    if (before == due_before.end() || before->second != result.due) out.then.push_back(step_of(held, result));
  }
  std::stable_sort(out.then.begin(), out.then.end(),
                   [](const TimetableStep& a, const TimetableStep& b) { return a.due < b.due; });
}

/// Takes the step whose limit comes first, as if on its limit, and looks what waits for it; again and again.
void Planner::find_latest(Timetable& out) const {
  Trial trial;
  start(trial);
  std::map<std::string, std::size_t> step_of_key;
  std::map<std::int32_t, std::size_t> step_of_row;  // rows to come, and whose they are
  std::set<std::string> taken;
  std::set<std::string> arranged_for;
  std::set<std::string> rules_seen;
  std::vector<std::pair<std::size_t, std::size_t>> waits;
  std::vector<TimetableStep> found;
  Moment now = request_.as_of;
  for (;;) {
    assess_trial(trial, now);
    const auto keys = timescale_keys(trial.result);
    const TimescaleResult* next = nullptr;
    std::string next_key;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const auto& result = trial.result.timescales[i];
      const bool open = result.status == TimescaleStatus::pending || result.status == TimescaleStatus::overdue;
      if (!has_limit(rule_of(result.rule)) || !open || result.due == unknown_value) continue;
      if (moment_of(result.due).day > request_.as_of.day + horizon) continue;
      if (step_of_key.count(keys[i]) == 0) {
        // One round of what repeats is enough to plan by.
        const auto once =
            rule_of(result.rule).name + "/" +
            (result.scope.child < 0 ? std::string() : std::string(child_name(trial.result, result.scope.child)));
        const bool again = result.cycle > 1 && rules_seen.count(once) != 0;
        if (again || found.size() >= most_steps) continue;
        rules_seen.insert(once);
        step_of_key[keys[i]] = found.size();
        found.push_back(step_of(trial, result));
        if (const auto cause = step_of_row.find(result.from_row); cause != step_of_row.end()) {
          found.back().after.push_back(cause->second);
          waits.emplace_back(found.size() - 1, cause->second);
        }
      }
      if (taken.count(keys[i]) != 0) continue;
      if (next == nullptr || compare_moments(moment_of(result.due), moment_of(next->due)) < 0)
        next = &result, next_key = keys[i];
    }
    if (next == nullptr) break;
    taken.insert(next_key);
    const Moment due = moment_of(next->due);
    const Moment on = compare_moments(due, now) < 0 ? now : due;
    const auto step = step_of_key[next_key];
    const bool conference = rule_of(next->rule).text->until.front().event == "conference_held";
    if (conference) {
      Planner named(program_, record_, request_);
      named.conference_ = "latest " + std::to_string(step + 1);
      named.type_ = rule_of(next->rule).text->duty.find("review") != std::string::npos ? "review" : "initial";
      const auto arranged = conference_of(trial.result, next->scope);
      if (arranged >= 0) named.conference_ = instance_name(trial.result, arranged).id;
      // It is arranged first, so that what lies ahead of it is seen and taken before it.
      if (arranged_for.insert(next_key).second) {
        named.add_arranged(trial, request_.as_of, on);
        taken.erase(next_key);
        continue;
      }
      step_of_row[named.add_held(trial, on)] = step;
      named.add_decisions(trial, on);
      step_of_row[static_cast<std::int32_t>(trial.record.rows.size()) - 1] = step;
    } else if (const auto row = add_step(trial, *next, on)) {
      step_of_row[*row] = step;
    }
    now = on;
  }
  const auto order = order_of_steps(found.size(), waits, [&](std::size_t a, std::size_t b) {
    return found[a].due != found[b].due ? found[a].due < found[b].due : a < b;
  });
  std::vector<std::size_t> place(found.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  for (const auto at : order) {
    out.latest.push_back(std::move(found[at]));
    for (auto& cause : out.latest.back().after) cause = place[cause];
  }
}

// ---- The conference

Result<Done> Planner::choose_conference(Timetable& out) {
  Trial trial;
  start(trial);
  assess_trial(trial, request_.as_of);
  const History& history = trial.workspace.parts().history;
  conference_ = request_.conference;
  type_ = request_.type;
  const auto& types = vocabulary_.enumerations[static_cast<std::size_t>(vocabulary_.enumeration("conference_type"))];
  if (!type_.empty() && types.find(type_) < 0) {
    const auto near = nearest(type_, types.values);
    return Error{Code::argument,
                 "there is no conference type " + cpc::quoted(type_) +
                     (near.empty() ? std::string() : "; did you mean " + std::string(near) + "?"),
                 {},
                 {}};
  }
  const InstanceState* chosen = nullptr;
  for (const InstanceState& state : history.instances()) {
    if (state.kind != Kind::conference || state.id == no_id) continue;
    const bool waits = !state.sitting && state.cancelled == unknown_value && state.arranged_row >= 0;
    const bool named = !conference_.empty() && record_.ids.text(state.id) == conference_;
    if (named && !waits)
      return Error{Code::argument, "conference " + cpc::quoted(conference_) + " was held or cancelled", {}, {}};
    const bool later = chosen == nullptr || state.arranged_row > chosen->arranged_row;
    if (named || (conference_.empty() && waits && later)) chosen = &state;
    if (named) break;
  }
  if (chosen == nullptr && !conference_.empty())
    return Error{Code::argument, "the record has no conference " + cpc::quoted(conference_), {}, {}};
  if (chosen != nullptr) {
    conference_ = record_.ids.text(chosen->id);
    if (type_.empty() && chosen->type != unknown_value)
      type_ = types.values[static_cast<std::size_t>(chosen->type - 1)];
    out.conference = conference_;
  } else {
    conference_ = "proposed";
    while (record_.ids.find(conference_) >= 0) conference_ += "-";
  }
  if (type_.empty()) {
    const auto plans = list_plans(trial.result, trial.workspace);
    const bool running = std::any_of(plans.begin(), plans.end(), [](const PlanEntry& plan) {
      return plan.standing == PlanEntry::Standing::on_plan && plan.other_authority != Truth::yes;
    });
    type_ = running ? "review" : "initial";
  }
  out.type = type_;
  return Done{};
}

Result<Timetable> Planner::plan() {
  Timetable out;
  out.as_of = request_.as_of;
  out.proposed = request_.proposed;
  if (const auto chosen = choose_conference(out); !chosen) return chosen.error();
  if (!request_.proposed) {
    find_latest(out);
    return out;
  }
  if (compare_moments(*request_.proposed, request_.as_of) < 0)
    return Error{Code::argument, "the conference is to be held on or after the day of the plan", {}, {}};
  out.closed_day = !program_->calendar.is_working_day(request_.proposed->day);
  limits_on(*request_.proposed, out);
  find_window(out);
  find_then(out);
  return out;
}

}  // namespace

Result<Timetable> plan_timetable(const std::shared_ptr<const Program>& program, const Record& record,
                                 const TimetableRequest& request) {
  return Planner(program, record, request).plan();
}

}  // namespace cpc
