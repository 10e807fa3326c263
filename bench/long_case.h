#pragma once
#include <string>

#include "date/day.h"

namespace cpc {

/// A family over many years as a record of `events` rows: one enquiry after another with its initial conference, plan,
/// core groups, tasks and reviews, until the plan ends and the next concern comes. Without `links` no row but those of
/// a conference says to what it belongs, so that all of it has to be found.
class LongCase {
 public:
  static std::string record(int events, bool links = true) { return LongCase(events, links).text_; }

 private:
  LongCase(int events, bool links) : left_(events), links_(links) {
    text_ = R"({"cpconf":1,"case":"long","children":[{"child":"ada","date_of_birth":"2008-05-09"},)"
            R"({"child":"ben","date_of_birth":"2010-03-02"}],"events":[)";
    for (int number = 1; left_ > 0; ++number) episode(std::to_string(number));
    text_ += "]}";
  }

  void row(const char* event, int day, const char* time, const std::string& more) {
    if (left_-- <= 0) return;
    if (text_.back() == '}') text_ += ',';
    ((((text_ += R"({"event":")") += event) += R"(","at":")") += to_string(day_ + day)) += time;
    (text_ += '"') += more;
    text_ += '}';
  }

  [[nodiscard]] std::string link(const char* kind, const std::string& id) const {
    return links_ ? std::string(",\"") + kind + "\":\"" + id + "\"" : std::string();
  }

  void episode(const std::string& number) {
    const std::string enquiry = link("section_47", "s" + number);
    const std::string plan = link("plan", "p" + number);
    row("referral_received", 0, "", R"(,"no_further_action":false)");
    row("strategy_discussion_held", 1, "T10:00", enquiry);
    row("section_47_started", 1, "T14:00", enquiry);
    row("section_47_concluded", 9, "",
        enquiry + R"(,"concerns_substantiated":true,"continuing_risk":true,"conference_not_required":false)");
    row("convening_decided", 9, "T15:00",
        enquiry + R"(,"conference_type":"initial","convening_decision":"convene","decided_by":"team_manager",)" +
            R"("covered":["reasons_recorded"])");
    conference("i" + number, 10, enquiry + R"(,"conference_type":"initial")", "plan_made", plan);
    row("core_group_formed", 20, "T12:00", R"(,"conference":"i)" + number + "\"" + plan + R"(,"key_worker":"sw")");
    for (int i = 0; i < 3; ++i) {
      row("core_group_held", 25 + 7 * i, "", plan + R"(,"meeting_type":"core_group")");
      row("task_recorded", 26 + 7 * i, "",
          link("task", "t" + number + "-" + std::to_string(i)) + plan + R"(,"assigned_to":"social_worker")");
    }
    conference("q" + number, 40, R"(,"conference_type":"review")", "plan_continued", plan);
    conference("r" + number, 70, R"(,"conference_type":"review")", "plan_discontinued", plan);
    day_ = day_ + 95;
  }

  void conference(const std::string& id, int day, const std::string& more, const char* decision,
                  const std::string& plan) {
    const std::string here = R"(,"conference":")" + id + "\"";
    row("conference_arranged", day, "",
        here + more + R"(,"scheduled_for":")" + to_string(day_ + (day + 10)) + "T10:00\"");
    for (const char* role : {"social_worker", "health_visitor", "school_staff", "police_officer", "parent"})
      row("invitation_sent", day + 1, "", here + R"(,"role":")" + role + "\"");
    const std::string report = link("report", "report-" + id);
    row("report_completed", day + 5, "",
        here + report + R"(,"report_type":"social_work","covered":["signed","dated"])");
    row("report_shared", day + 6, "", here + report + R"(,"recipient":"family")");
    row("chair_met_family", day + 10, "T09:30", here + R"(,"person":"mother","role":"parent")");
    row("conference_held", day + 10, "T10:00", here + R"(,"session_outcome":"completed")");
    for (const char* role : {"social_worker", "health_visitor", "school_staff", "parent"})
      row("attendance_recorded", day + 10, "T10:00",
          here + R"(,"person":"p-)" + role + R"(","role":")" + role +
              R"(","capacity":"member","extent":"whole","direct_contact":true)");
    row("decision_made", day + 10, "T11:30",
        here + R"(,"decision":")" + decision + R"(","decision_maker":"conference_chair")" + plan);
    row("record_completed", day + 20, "", here);
    row("document_sent", day + 21, "", here + R"(,"document":"conference_record")");
  }

  int left_;
  bool links_;
  Day day_ = *day_of({2012, 1, 2});
  std::string text_;
};

}  // namespace cpc
