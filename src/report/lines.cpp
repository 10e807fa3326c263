#include "report/lines.h"

#include <algorithm>
#include <tuple>

namespace cpc {

std::vector<ReportLine> merged(std::vector<ReportLine> lines) {
  std::vector<ReportLine> out;
  for (auto& line : lines) {
    const auto same = std::find_if(out.begin(), out.end(), [&](const ReportLine& one) {
      return one.text == line.text && one.cites == line.cites && one.conference == line.conference &&
             one.children.empty() == line.children.empty();
    });
    if (same == out.end()) {
      out.push_back(std::move(line));
    } else {
      same->children.insert(line.children.begin(), line.children.end());
      same->when = std::min(same->when, line.when);
    }
  }
  return out;
}

std::vector<ReportGroup> grouped(std::vector<ReportLine> lines) {
  std::stable_sort(lines.begin(), lines.end(),
                   [](const ReportLine& a, const ReportLine& b) { return a.when < b.when; });
  std::vector<ReportGroup> out;
  for (auto& line : merged(std::move(lines))) {
    const auto same = std::find_if(out.begin(), out.end(), [&](const ReportGroup& group) {
      return group.children == line.children && group.conference == line.conference;
    });
    auto& group = same == out.end() ? out.emplace_back(ReportGroup{line.children, line.conference, {}}) : *same;
    group.lines.push_back(std::move(line));
  }
  const auto order = [](const ReportGroup& group) {
    return std::tuple(group.lines.front().when, group.children, group.conference);
  };
  std::stable_sort(out.begin(), out.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
  return out;
}

std::string wrapped(std::string_view text, int indent, int hanging) {
  std::string out, line(static_cast<std::size_t>(indent), ' ');
  const std::string further(static_cast<std::size_t>(indent + hanging), ' ');
  bool empty = true;
  while (!text.empty()) {
    const auto end = text.find(' ');
    const auto word = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (!empty && line.size() + 1 + word.size() > report_width) {
      out += line + '\n';
      line = further;
      empty = true;
    }
    if (!empty) line += ' ';
    line += word;
    empty = false;
  }
  return out + line + '\n';
}

}  // namespace cpc
