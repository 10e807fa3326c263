#pragma once
#include <cstdint>
#include <random>
#include <string>

#include "date/day.h"

namespace cpc::test {

/// A census of invented children, and what is in it by construction. The same number and seed give the same text.
struct CensusText {
  std::string xml;
  std::uint64_t children = 0;
  std::uint64_t sections = 0;
  std::uint64_t plans = 0;
  std::uint64_t reviews = 0;
};

/// Half of the children have a section 47 enquiry with a conference, most of those a plan with reviews.
class CensusGenerator {
 public:
  explicit CensusGenerator(std::uint32_t seed) : random_(seed) {}

  CensusText write(int children) {
    out_ = {};
    out_.xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Message><Header><CollectionDetails><Collection>CIN</Collection>"
        "<Year>2025</Year><ReferenceDate>2025-03-31</ReferenceDate></CollectionDetails><Source><LEA>999</LEA>"
        "<DateTime>2025-05-01T00:00:00</DateTime></Source></Header><Children>";
    for (int i = 0; i < children; ++i) child(i);
    out_.xml += "</Children></Message>\n";
    return out_;
  }

 private:
  int between(int low, int high) {
    return low + static_cast<int>(random_() % static_cast<std::uint32_t>(high - low + 1));
  }
  void element(const char* name, const std::string& text) {
    ((((((out_.xml += '<') += name) += '>') += text) += "</") += name) += '>';
  }
  void date(const char* name, Day day) { element(name, to_string(day)); }

  void child(int number) {
    ++out_.children;
    out_.xml += "<Child><ChildIdentifiers>";
    element("LAchildID", "GEN" + std::to_string(1000000 + number));
    element("UPNunknown", "UN2");
    date("PersonBirthDate", *day_of({2008, 1, 1}) + between(0, 5800));
    element("Sex", between(0, 1) == 0 ? "M" : "F");
    out_.xml +=
        "</ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity>"
        "<Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics><CINdetails>";
    const Day referral = *day_of({2024, 4, 1}) + between(0, 200);
    date("CINreferralDate", referral);
    out_.xml += "<ReferralSource>1A</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode><Assessments>";
    date("AssessmentActualStartDate", referral);
    date("AssessmentAuthorisationDate", referral + between(20, 70));
    out_.xml +=
        "<FactorsIdentifiedAtAssessment><AssessmentFactors>16A</AssessmentFactors>"
        "</FactorsIdentifiedAtAssessment></Assessments>";
    const Day started = referral + between(0, 10);
    const Day conference = started + between(7, 35);
    const bool enquiry = between(0, 1) == 0;
    if (enquiry) section(started, conference);
    element("ReferralNFA", "false");
    if (enquiry && between(0, 99) < 85) plan(conference);
    out_.xml += "</CINdetails></Child>";
  }

  void section(Day started, Day conference) {
    ++out_.sections;
    out_.xml += "<Section47>";
    date("S47ActualStartDate", started);
    date("InitialCPCtarget", started + 21);
    date("DateOfInitialCPC", conference);
    element("ICPCnotRequired", "false");
    out_.xml += "</Section47>";
  }

  void plan(Day start) {
    static constexpr const char* categories[] = {"NEG", "EMO", "PHY", "SAB", "MUL"};
    ++out_.plans;
    const char* category = categories[between(0, 4)];
    out_.xml += "<ChildProtectionPlans>";
    date("CPPstartDate", start);
    element("InitialCategoryOfAbuse", category);
    element("LatestCategoryOfAbuse", category);
    element("NumberOfPreviousCPP", "0");
    const Day last = *day_of({2025, 3, 31});
    Day review = start + between(70, 100);
    if (review <= last) out_.xml += "<Reviews>";
    const bool any = review <= last;
    for (; review <= last; review = review + between(140, 190)) {
      ++out_.reviews;
      date("CPPreviewDate", review);
    }
    out_.xml += any ? "</Reviews></ChildProtectionPlans>" : "</ChildProtectionPlans>";
  }

  std::mt19937 random_;
  CensusText out_;
};

}  // namespace cpc::test
