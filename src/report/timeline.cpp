#include "report/timeline.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "assessment/wording.h"
#include "report/markup.h"

namespace cpc {
namespace {

// In the units of the picture, which is scaled as a whole.
constexpr int width = 1000;
constexpr int margin = 12;
constexpr int letter = 7;  ///< The usual width of a letter, for finding room.
constexpr int lane_height = 42;
constexpr int axis_top = 18;    ///< Where the names of the months stand.
constexpr int levels_top = 56;  ///< The uppermost level of the words for events.
constexpr int level_height = 17;
constexpr int levels = 4;
constexpr int marks_at = levels_top + levels * level_height;
constexpr int lanes_top = marks_at + 26;
constexpr std::size_t most_lanes = 40;
constexpr std::size_t most_letters = 138;

/// What a limit came to, as the picture knows it.
enum class Shape : std::uint8_t { due, overdue, late, missed, out_of_order, met };
struct ShapeWords {
  std::string_view style;
  std::string_view word;
  std::string_view key;
};
constexpr std::array<ShapeWords, 6> shape_words = {{
    {"due", "Due", "an open bar up to its last day: due"},
    {"overdue", "Overdue", "a full bar, then dashes to an arrow on the day of this page: overdue"},
    {"late", "Late", "an open bar, then a thick line to a triangle on the day it was done: late"},
    {"missed", "Missed", "an open bar with a cross: not recorded, and the occasion has gone"},
    {"order", "Out of order", "an open bar and a square: recorded before what it follows"},
    {"met", "In time", "an open bar and a disc on the day it was done: in time"},
}};
const ShapeWords& words_of(Shape shape) { return shape_words[static_cast<std::size_t>(shape)]; }

Shape shape_of(TimescaleStatus status) {
  switch (status) {
    case TimescaleStatus::overdue:
      return Shape::overdue;
    case TimescaleStatus::late:
      return Shape::late;
    case TimescaleStatus::missed:
      return Shape::missed;
    case TimescaleStatus::out_of_order:
      return Shape::out_of_order;
    case TimescaleStatus::met:
      return Shape::met;
    default:
      return Shape::due;
  }
}

/// At most `most_letters` letters, never half of one.
std::string shortened(const std::string& text) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0) == 0x80) continue;
    if (letters++ == most_letters) return text.substr(0, i) + "\xe2\x80\xa6";
  }
  return text;
}

int room_for(const std::string& text) {
  const auto letters =
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
  return static_cast<int>(letters) * letter;
}

/// Lines, words and shapes, appended to a text.
class Pen {
 public:
  explicit Pen(std::string& out) : out_(out) {}
  void line(int x1, int y1, int x2, int y2, std::string_view style) {
    out_.append("<line").append(styled(style)).append(number(" x1", x1)).append(number(" y1", y1));
    out_.append(number(" x2", x2)).append(number(" y2", y2)).append("/>\n");
  }
  void bar(int x1, int y, int x2, int height, std::string_view style) {
    out_.append("<rect").append(styled(style)).append(number(" x", x1)).append(number(" y", y));
    out_.append(number(" width", std::max(x2 - x1, 1))).append(number(" height", height)).append("/>\n");
  }
  void disc(int x, int y, int radius, std::string_view style) {
    out_.append("<circle").append(styled(style)).append(number(" cx", x)).append(number(" cy", y));
    out_.append(number(" r", radius)).append("/>\n");
  }
  /// The shape between points that are given from `x`, `y`.
  void shape(int x, int y, std::string_view path, std::string_view style) {
    out_.append("<path").append(styled(style)).append(" transform=\"translate(").append(std::to_string(x)).append(" ");
    out_.append(std::to_string(y)).append(")\" d=\"").append(path).append("\"/>\n");
  }
  enum class Anchor : std::uint8_t { start, middle, end };
  void words(int x, int y, const std::string& text, std::string_view style, Anchor anchor) {
    constexpr std::array<std::string_view, 3> names = {"start", "middle", "end"};
    out_.append("<text").append(styled(style)).append(number(" x", x)).append(number(" y", y));
    out_.append(" text-anchor=\"").append(names[static_cast<std::size_t>(anchor)]).append("\">");
    out_.append(escaped(text)).append("</text>\n");
  }
  /// Beginning at `x`, or as far to the left of it as the picture's edge asks for.
  void words_from(int x, int y, const std::string& text, std::string_view style) {
    const bool fits = x + room_for(text) <= width;
    words(fits ? x : width - margin, y, text, style, fits ? Anchor::start : Anchor::end);
  }
  /// Around `x`, or as near to it as the picture's edges allow.
  void words_around(int x, int y, const std::string& text, std::string_view style) {
    const int half = room_for(text) / 2;
    if (x < half)
      words(0, y, text, style, Anchor::start);
    else if (x + half > width)
      words(width, y, text, style, Anchor::end);
    else
      words(x, y, text, style, Anchor::middle);
  }

 private:
  static std::string styled(std::string_view style) { return " class=\"" + std::string(style) + '"'; }
  static std::string number(std::string_view name, int value) {
    return std::string(name) + "=\"" + std::to_string(value) + '"';
  }
  std::string& out_;
};

constexpr std::string_view cross = "M-6 -6L6 6M-6 6L6 -6";
constexpr std::string_view triangle = "M-7 6L7 6L0 -7Z";
constexpr std::string_view square = "M-6 -6H6V6H-6Z";
constexpr std::string_view arrow = "M-9 -6L1 0L-9 6Z";
constexpr std::string_view diamond = "M0 -9L9 0L0 9L-9 0Z";

/// A limit as it is drawn: from the day it counts from to its last day, and to where the case went on from there.
struct Lane {
  Shape shape = Shape::due;
  Day begin;
  Day due;
  Day end;  ///< Where its mark stands: when it was done, or as of when it is overdue.
  std::string text;
};

/// Where the parts of a limit stand in the picture.
struct Span {
  int begin = 0;
  int due = 0;
  int end = 0;
  bool due_is_in_picture = true;
};

void draw_limit(Pen& pen, Shape shape, const Span& span, int y) {
  constexpr int half = 5;
  const auto style = words_of(shape).style;
  const auto classes = [&](std::string_view part) { return std::string(part) + " " + std::string(style); };
  pen.bar(std::min(span.begin, span.due), y - half, std::max(span.begin, span.due), 2 * half,
          classes(shape == Shape::overdue ? "full" : "span"));
  if (span.due_is_in_picture) pen.line(span.due, y - 10, span.due, y + 10, classes("limit"));
  switch (shape) {
    case Shape::due:
      break;
    case Shape::overdue:
      pen.line(span.due, y, span.end, y, classes("dashes"));
      pen.shape(span.end, y, arrow, classes("mark"));
      break;
    case Shape::late:
      pen.line(span.due, y, span.end, y, classes("thick"));
      pen.shape(span.end, y, triangle, classes("mark"));
      break;
    case Shape::missed:
      pen.shape(span.due, y, cross, classes("cross"));
      break;
    case Shape::out_of_order:
      pen.shape(span.end, y, square, classes("mark"));
      break;
    case Shape::met:
      pen.disc(span.end, y, 6, classes("mark"));
      break;
  }
}

/// One entry of the key: what `draw` draws, and its words.
template <class Draw>
void write_key(std::string_view words, std::string& out, const Draw& draw) {
  out.append("<li><svg class=\"timeline\" aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 64 24\">\n");
  Pen pen(out);
  draw(pen);
  out.append("</svg> ").append(words).append("</li>\n");
}

/// Draws one case. Positions are whole numbers, so that the bytes are the same everywhere.
class Timeline {
 public:
  Timeline(const Assessment& assessment, const CaseLines& lines, const std::vector<RecordedDay>& days, bool all)
      : a_(assessment), lines_(lines), days_(days) {
    add(lines_.overdue());
    add(lines_.pending());
    add(lines_.untimely());
    if (all) add(lines_.met());
    left_ = lanes_.size() - std::min(lanes_.size(), most_lanes);
    lanes_.resize(lanes_.size() - left_);
    std::stable_sort(lanes_.begin(), lanes_.end(), [](const Lane& a, const Lane& b) {
      return std::tie(a.begin, a.due, a.text) < std::tie(b.begin, b.due, b.text);
    });
    choose_range();
  }

  void write(std::string& out) const {
    const int bottom = lanes_top + static_cast<int>(lanes_.size()) * lane_height;
    const int height = bottom + 22;
    out.append("<svg class=\"timeline\" role=\"img\" aria-labelledby=\"timeline-title timeline-desc\" viewBox=\"0 0 ");
    out.append(std::to_string(width)).append(" ").append(std::to_string(height)).append("\">\n");
    out.append(element("title", "The case along a line of dates", " id=\"timeline-title\"")).append("\n");
    out.append(element("desc", description(), " id=\"timeline-desc\"")).append("\n");
    Pen pen(out);
    draw_lanes(pen);
    draw_months(pen, bottom);
    draw_as_of(pen, bottom);
    draw_events(pen);
    for (std::size_t i = 0; i < lanes_.size(); ++i) draw(pen, lanes_[i], lanes_top + static_cast<int>(i) * lane_height);
    out.append("</svg>\n");
  }

  /// What the shapes mean that are in the picture.
  void write_key_to(std::string& out) const {
    out.append("<ul class=\"key\">\n");
    write_key("a disc: a day with something recorded", out, [](Pen& pen) { pen.disc(32, 12, 5, "event"); });
    write_key("a diamond: a conference was held", out, [](Pen& pen) { pen.shape(32, 12, diamond, "conference"); });
    for (std::size_t i = 0; i < shape_words.size(); ++i) {
      const auto shape = static_cast<Shape>(i);
      if (std::none_of(lanes_.begin(), lanes_.end(), [&](const Lane& lane) { return lane.shape == shape; })) continue;
      const int end = shape == Shape::met ? 24 : shape == Shape::out_of_order ? 12 : 56;
      write_key(words_of(shape).key, out, [&](Pen& pen) { draw_limit(pen, shape, {4, 36, end, true}, 12); });
    }
    out.append("</ul>\n");
  }

  [[nodiscard]] std::size_t left() const { return left_; }

 private:
  void add(std::vector<ReportLine> lines) {
    for (const auto& line : merged(std::move(lines))) {
      const auto& result = a_.timescales[static_cast<std::size_t>(line.source)];
      if (result.due == unknown_value) continue;
      Lane lane;
      lane.shape = shape_of(result.status);
      lane.due = moment_of(result.due).day;
      lane.begin = result.from == unknown_value ? lane.due : moment_of(result.from).day;
      lane.end = result.ended != unknown_value ? moment_of(result.ended).day : a_.as_of.day;
      lane.text = text_of(line, result, lane.shape);
      lanes_.push_back(std::move(lane));
    }
  }

  /// "Overdue: Decision notice, limit 4 September 2026; review conference (c2)".
  std::string text_of(const ReportLine& line, const TimescaleResult& result, Shape shape) const {
    auto text = std::string(words_of(shape).word) + ": " + lines_.timescale_title(result);
    if (result.ended != unknown_value) text += ", " + long_moment(moment_of(result.ended));
    text += ", limit " + long_moment(moment_of(result.due));
    if (!line.children.empty()) text += "; " + lines_.child_list(line.children);
    if (line.conference < 0) return text;
    const auto& id = instance_name(a_, static_cast<std::int16_t>(line.conference)).id;
    const auto type = lines_.conference_type(id);
    return text + (line.children.empty() ? "; " : ", ") + (type.empty() ? "" : spelled(type) + ' ') + "conference (" +
           id + ")";
  }

  /// From the first day recorded to the last limit; a limit that is far off or from long ago is cut, so that it does
  /// not push the rest together.
  void choose_range() {
    constexpr int far = 400;
    first_ = last_ = a_.as_of.day;
    for (const auto& day : days_)
      if (day.day) first_ = std::min(first_, *day.day), last_ = std::max(last_, *day.day);
    const Day earliest = first_ - far, latest = last_ + std::max(far, last_ - first_);
    for (const auto& lane : lanes_) {
      first_ = std::min(first_, std::max(earliest, std::min({lane.begin, lane.due, lane.end})));
      last_ = std::max(last_, std::min(latest, std::max({lane.begin, lane.due, lane.end})));
    }
    const int room = std::max(7, (last_ - first_) / 40);
    first_ = supported(first_ - room), last_ = supported(last_ + room);
  }

  int x(Day day) const {
    const auto at = std::clamp(day, first_, last_) - first_;
    return margin + static_cast<int>(std::int64_t{at} * (width - 2 * margin) / (last_ - first_));
  }

  void draw_lanes(Pen& pen) const {
    for (std::size_t i = 0; i <= lanes_.size(); ++i) {
      const int top = lanes_top + static_cast<int>(i) * lane_height;
      pen.line(0, top, width, top, "lane");
    }
  }

  /// A line and a name for each month, or each few, that fit.
  void draw_months(Pen& pen, int bottom) const {
    constexpr std::array steps = {1, 2, 3, 6, 12, 24, 60, 120, 240};
    constexpr int room = 64, most_days = 31;
    const auto fits = [&](int months) { return x(first_ + months * most_days) - x(first_) >= room; };
    const auto fitting = std::find_if(steps.begin(), steps.end(), fits);
    const int step = fitting == steps.end() ? steps.back() : *fitting;
    const auto begin = civil_of(first_);
    for (int month = begin.year * 12 + begin.month - 1;; ++month) {
      const auto day = day_of({month / 12, month % 12 + 1, 1});
      if (!day || *day > last_) break;
      if (*day < first_ || month % step != 0) continue;
      const auto name = long_day(*day).substr(2);
      const auto space = name.find(' ');
      const auto text = step < 12 ? name.substr(0, 3) + name.substr(space) : name.substr(space + 1);
      pen.line(x(*day), axis_top + 6, x(*day), bottom, "month");
      pen.words_around(x(*day), axis_top, text, "month-words");
      pen.words_around(x(*day), bottom + 16, text, "month-words");
    }
  }

  void draw_as_of(Pen& pen, int bottom) const {
    constexpr int beside = 5;
    const int now = x(a_.as_of.day);
    const bool right = now > width / 2;
    pen.line(now, axis_top + 6, now, bottom, "now");
    pen.words(right ? now - beside : now + beside, axis_top + level_height, "as of " + long_moment(a_.as_of),
              "now-words", right ? Pen::Anchor::end : Pen::Anchor::start);
  }

  /// What is named along the line: conferences by their type, and where the case began or ended.
  std::string name_of(const RecordedEvent& event) const {
    const auto& known = a_.program->known;
    if (event.event == known.conference_held) {
      std::set<std::string> types;
      for (const auto& id : event.conferences) types.insert(lines_.conference_type(id));
      if (types.size() != 1 || types.begin()->empty())
        return event.conferences.size() > 1 ? "conferences" : "conference";
      return spelled(*types.begin()) + (event.conferences.size() > 1 ? " conferences" : " conference");
    }
    for (const auto named : {known.referral_received, known.section_47_started, known.plan_ended, known.case_closed})
      if (event.event == named) return spelled(a_.record->vocabulary->events[named].name);
    return {};
  }

  void draw_events(Pen& pen) const {
    pen.line(margin, marks_at, width - margin, marks_at, "axis");
    std::array<int, levels> taken{};
    taken.fill(-width);
    for (const auto& day : days_) {
      if (!day.day) continue;
      const int at = x(*day.day);
      std::string names;
      bool conference = false;
      for (const auto& event : day.events) {
        conference = conference || event.event == a_.program->known.conference_held;
        if (const auto name = name_of(event); !name.empty()) names.append(names.empty() ? "" : ", ").append(name);
      }
      if (!names.empty()) draw_name(pen, at, names, taken);
      if (conference)
        pen.shape(at, marks_at, diamond, "conference");
      else
        pen.disc(at, marks_at, names.empty() ? 3 : 5, "event");
    }
  }

  /// On the lowest level that has room, with a line to its mark; without room the name is left out.
  static void draw_name(Pen& pen, int at, const std::string& name, std::array<int, levels>& taken) {
    const int room = room_for(name);
    const int left = std::clamp(at - room / 2, 0, std::max(0, width - room));
    for (int level = levels - 1; level >= 0; --level) {
      auto& end = taken[static_cast<std::size_t>(level)];
      if (left < end + letter) continue;
      end = left + room;
      const int y = levels_top + level * level_height;
      pen.line(at, y + 4, at, marks_at, "leader");
      pen.words_around(at, y, name, "event-words");
      return;
    }
  }

  void draw(Pen& pen, const Lane& lane, int top) const {
    pen.words_from(x(std::min(lane.begin, lane.due)), top + 15, shortened(lane.text), "limit-words");
    const bool seen = first_ <= lane.due && lane.due <= last_;
    draw_limit(pen, lane.shape, {x(lane.begin), x(lane.due), x(lane.end), seen}, top + 28);
  }

  std::string description() const {
    const auto dated = std::count_if(days_.begin(), days_.end(), [](const RecordedDay& day) { return day.day; });
    auto text = counted(dated, "day", "days") + " with something recorded";
    if (dated > 0)
      text +=
          ", from " + long_day(*days_.front().day) + " to " + long_day(*days_[static_cast<std::size_t>(dated) - 1].day);
    text += "; this page is as of " + long_moment(a_.as_of) + ". " +
            counted(static_cast<std::int64_t>(lanes_.size()), "limit", "limits") + (lanes_.empty() ? "." : ":");
    for (const auto& lane : lanes_) text.append(" ").append(ended(lane.text));
    return text;
  }

  const Assessment& a_;
  const CaseLines& lines_;
  const std::vector<RecordedDay>& days_;
  std::vector<Lane> lanes_;
  std::size_t left_ = 0;
  Day first_;
  Day last_;
};

}  // namespace

void write_timeline(const Assessment& assessment, const CaseLines& lines, const std::vector<RecordedDay>& days,
                    bool all, std::string& out) {
  const Timeline timeline(assessment, lines, days, all);
  out.append("<div class=\"scroll\" role=\"region\" aria-label=\"Timeline, may be scrolled\" tabindex=\"0\">\n");
  timeline.write(out);
  out.append("</div>\n");
  timeline.write_key_to(out);
  if (timeline.left() > 0)
    out.append(
           element("p", counted(static_cast<std::int64_t>(timeline.left()), "further limit is", "further limits are") +
                            " not drawn; the lists below have them."))
        .append("\n");
}

}  // namespace cpc
