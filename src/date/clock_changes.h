#pragma once
#include <array>

#include "date/day.h"

namespace cpc {

/// The days of one year on which the clocks of Europe/London go forward (01:00 becomes 02:00)
/// and back (02:00 becomes 01:00).
struct SummerTime {
  Day begins;
  Day ends;
};

/// By year from 1995. Written out as dates, with its source, in src/data/clock-changes.json.
inline constexpr int first_summer_time = 1995;
inline constexpr std::array<SummerTime, 43> summer_times{{
    {Day{9215}, Day{9425}},   {Day{9586}, Day{9796}},   {Day{9950}, Day{10160}},  {Day{10314}, Day{10524}},
    {Day{10678}, Day{10895}}, {Day{11042}, Day{11259}}, {Day{11406}, Day{11623}}, {Day{11777}, Day{11987}},
    {Day{12141}, Day{12351}}, {Day{12505}, Day{12722}}, {Day{12869}, Day{13086}}, {Day{13233}, Day{13450}},
    {Day{13597}, Day{13814}}, {Day{13968}, Day{14178}}, {Day{14332}, Day{14542}}, {Day{14696}, Day{14913}},
    {Day{15060}, Day{15277}}, {Day{15424}, Day{15641}}, {Day{15795}, Day{16005}}, {Day{16159}, Day{16369}},
    {Day{16523}, Day{16733}}, {Day{16887}, Day{17104}}, {Day{17251}, Day{17468}}, {Day{17615}, Day{17832}},
    {Day{17986}, Day{18196}}, {Day{18350}, Day{18560}}, {Day{18714}, Day{18931}}, {Day{19078}, Day{19295}},
    {Day{19442}, Day{19659}}, {Day{19813}, Day{20023}}, {Day{20177}, Day{20387}}, {Day{20541}, Day{20751}},
    {Day{20905}, Day{21122}}, {Day{21269}, Day{21486}}, {Day{21633}, Day{21850}}, {Day{22004}, Day{22214}},
    {Day{22368}, Day{22578}}, {Day{22732}, Day{22949}}, {Day{23096}, Day{23313}}, {Day{23460}, Day{23677}},
    {Day{23824}, Day{24041}}, {Day{24195}, Day{24405}}, {Day{24559}, Day{24769}},
}};

}  // namespace cpc
