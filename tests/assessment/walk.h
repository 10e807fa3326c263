#pragma once
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <map>
#include <set>

#include "assessment/findings.h"
#include "assessment/support.h"
#include "assessment/workspace.h"

namespace cpc::test {

/// One process of one scope, in the order in which its rows moved it: "2026-11-02T14:00 discussion-held > in_progress".
/// A set of states reads "a or b"; where no transition was taken, or which one is not sure, "-" stands for it.
using Courses = std::map<std::string, std::vector<std::string>>;

/// A record that leads processes along, with what it has to come to.
struct Walk {
  std::string id;
  std::string as_of;
  std::string record;
  bool ordinary = false;  ///< Nothing in it is irregular: it raises no finding of a process.
  bool whole = false;     ///< It goes from a concern to the end of a plan.
  Courses courses;
  std::vector<std::string> findings;  ///< Keys of the findings that processes raise.
};

/// What one walk came to, and what of the program it saw.
struct Walked {
  Courses courses;
  std::vector<std::string> findings;
  std::set<std::string> taken;    ///< "plan: plan-made", surely taken.
  std::set<std::string> reached;  ///< "plan: active", surely.
};

inline std::string text_of(const rapidjson::Value& json) {
  rapidjson::StringBuffer out;
  rapidjson::Writer<rapidjson::StringBuffer> writer(out);
  json.Accept(writer);
  return {out.GetString(), out.GetSize()};
}

inline std::vector<std::string> texts_of(const rapidjson::Value& list) {
  std::vector<std::string> out;
  for (const auto& text : list.GetArray()) out.emplace_back(text.GetString());
  return out;
}

inline std::vector<Walk> read_walks(const std::string& path) {
  rapidjson::Document document;
  document.Parse(file_text(path).c_str());
  INFO("reading " << path);
  REQUIRE(document.IsObject());
  const auto flag = [](const rapidjson::Value& one, const char* name) {
    return one.HasMember(name) && one[name].GetBool();
  };
  std::vector<Walk> walks;
  for (const auto& one : document["walks"].GetArray()) {
    Walk walk;
    walk.id = one["walk"].GetString();
    walk.as_of = one["as_of"].GetString();
    walk.record = text_of(one["record"]);
    walk.ordinary = flag(one, "ordinary");
    walk.whole = flag(one, "whole");
    if (one.HasMember("courses"))
      for (const auto& course : one["courses"].GetObject())
        walk.courses[course.name.GetString()] = texts_of(course.value);
    if (one.HasMember("findings")) walk.findings = texts_of(one["findings"]);
    walks.push_back(std::move(walk));
  }
  return walks;
}

inline std::string states_text(const RuleText& process, std::uint64_t states) {
  std::string out;
  for (std::size_t s = 0; s < process.states.size(); ++s)
    if ((states >> s & 1) != 0) (out += out.empty() ? "" : " or ") += process.states[s];
  return out;
}

inline void follow(Assessed& assessed, Index number, Walked& walked) {
  auto& parts = assessed.workspace.parts();
  const Rule& process = assessed.result.program->rules[static_cast<std::size_t>(number)];
  const std::string& name = process.text->id;
  const auto& scopes = parts.evaluator.scopes(number).scopes();
  for (std::size_t at = 0; at < scopes.size(); ++at) {
    const auto& steps = parts.evaluator.courses(number)[at].steps;
    walked.reached.insert(name + ": " + process.text->states[static_cast<std::size_t>(process.initial)]);
    if (steps.empty()) continue;
    const std::string scope = assessed.scope({scopes[at].child, scopes[at].instance});
    auto& course = walked.courses[name + (scope.empty() ? "" : " | ") + scope];
    for (const auto& step : steps) {
      const auto& row = parts.history.row(step.row);
      std::string line = to_string(row.at) + " ";
      if (step.transition >= 0) {
        const auto& id = process.transitions[static_cast<std::size_t>(step.transition)].id;
        walked.taken.insert(name + ": " + id);
        line += id;
      } else {
        line += "-";
      }
      const std::string states = states_text(*process.text, step.states);
      walked.reached.insert(name + ": " + states);
      course.push_back((line += " > ") += states);
    }
  }
}

inline Walked walked(const std::shared_ptr<const Program>& program, const Walk& walk) {
  auto assessed = test::assessed(program, walk.record, walk.as_of);
  Walked out;
  for (const Index process : program->processes) follow(assessed, process, out);
  for (const Finding& finding : findings_of(assessed.result))
    if (finding.kind == "out_of_sequence" || finding.kind == "guard" || finding.kind == "guard_unknown")
      out.findings.push_back(finding.key);
  return out;
}

}  // namespace cpc::test
