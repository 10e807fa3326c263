#include "json/calendar_reader.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "data/embedded.h"
#include "json/parse.h"

namespace cpc {
namespace {

using rapidjson::SizeType;
using rapidjson::Value;

constexpr std::string_view default_division = "england-and-wales";
constexpr std::string_view folder = "calendars/";
constexpr std::string_view ending = ".json";
constexpr std::array<std::string_view, 2> weekend = {"saturday", "sunday"};

Error refuse(std::string message, const Place& place) { return {Code::calendar, std::move(message), place.text(), {}}; }

Error refuse_fault(const CalendarFault& fault, const Place& holidays) {
  if (!fault.holiday) return refuse(fault.message, "/covers");
  const Place holiday(holidays, *fault.holiday);
  return refuse(fault.message, Place(holiday, "date"));
}

void read_version(ObjectReader& reader) {
  const auto version = reader.integer("cpconf", 1, 1000);
  if (version != 1) reader.refuse("this library reads format version 1, not " + std::to_string(version), "cpconf");
}

void read_covers(ObjectReader& reader, CalendarText& text, std::optional<Error>& error) {
  const auto* covers = reader.array("covers");
  if (!covers) return;
  if (covers->Size() != 2) return reader.refuse("covers names a first and a last day", "covers");
  text.first = day_at((*covers)[0], "/covers/0", Code::calendar, error);
  text.last = day_at((*covers)[1], "/covers/1", Code::calendar, error);
}

void read_weekend(ObjectReader& reader) {
  const auto* days = reader.optional_array("weekend");
  if (!days) return;
  bool same = days->Size() == weekend.size();
  for (SizeType i = 0; same && i < days->Size(); ++i) same = (*days)[i].IsString() && text_of((*days)[i]) == weekend[i];
  if (!same) reader.refuse("the weekend is [\"saturday\", \"sunday\"]", "weekend");
}

Holiday read_holiday(const Value& value, const Place& place, std::optional<Error>& error) {
  ObjectReader reader(value, place, Code::calendar, error);
  Holiday holiday;
  holiday.date = reader.day("date");
  holiday.title = reader.text("title");
  holiday.announced = reader.optional_day("announced");
  holiday.withdrawn = reader.optional_day("withdrawn");
  holiday.checked = !reader.is_null("checked");
  if (holiday.checked) reader.optional_day("checked");
  if (holiday.announced && holiday.withdrawn && *holiday.withdrawn < *holiday.announced)
    reader.refuse("the holiday is withdrawn before it is announced", "withdrawn");
  reader.finish();
  return holiday;
}

Result<CalendarText> read_ours(const Value& document) {
  std::optional<Error> error;
  ObjectReader reader(document, "", Code::calendar, error);
  CalendarText text;
  read_version(reader);
  text.name = reader.text("calendar");
  text.title = reader.optional_text("title").value_or(text.name);
  text.version = reader.text("version");
  text.source = reader.text("source");
  read_covers(reader, text, error);
  read_weekend(reader);
  const Place place("/holidays");
  if (const auto* holidays = reader.array("holidays"))
    for (SizeType i = 0; i < holidays->Size() && !error; ++i)
      text.holidays.push_back(read_holiday((*holidays)[i], Place(place, i), error));
  reader.finish();
  if (error) return std::move(*error);
  if (const auto fault = fault_of(text)) return refuse_fault(*fault, "/holidays");
  return text;
}

/// A GOV.UK file is an object of divisions, each with its name and its events.
bool looks_like_gov_uk(const Value& document) {
  if (!document.IsObject() || document.HasMember("cpconf")) return false;
  const auto& members = document.GetObject();
  return std::any_of(members.begin(), members.end(),
                     [](const auto& member) { return member.value.IsObject() && member.value.HasMember("division"); });
}

Error no_division(const Value& document, std::string_view division) {
  std::string names;
  for (const auto& member : document.GetObject()) names += (names.empty() ? "" : ", ") + quoted(text_of(member.name));
  return {Code::not_found, "the file has no division " + quoted(division) + "; it has " + names, {}, {}};
}

/// Keys that GOV.UK may add to its events are none of our business and are passed over.
Holiday read_event(const Value& value, const Place& place, std::optional<Error>& error) {
  ObjectReader reader(value, place, Code::calendar, error);
  Holiday holiday;
  holiday.date = reader.day("date");
  holiday.title = reader.text("title");
  return holiday;
}

Result<CalendarText> read_gov_uk(const Value& document, std::string_view division) {
  const Value key(rapidjson::StringRef(division.data(), static_cast<SizeType>(division.size())));
  const auto found = document.FindMember(key);
  if (found == document.MemberEnd()) return no_division(document, division);
  const Place root;
  const Place place(root, division);
  const Place events_place(place, "events");
  std::optional<Error> error;
  ObjectReader reader(found->value, place, Code::calendar, error);
  CalendarText text;
  text.name = reader.text("division");
  if (text.name != division) reader.refuse("the division names itself " + quoted(text.name), "division");
  text.title = "Bank holidays, " + std::string(division);
  text.version = text.source = "GOV.UK";
  const auto* events = reader.array("events");
  for (SizeType i = 0; events && i < events->Size() && !error; ++i)
    text.holidays.push_back(read_event((*events)[i], Place(events_place, i), error));
  if (text.holidays.empty()) reader.refuse("the division has no events", "events");
  if (error) return std::move(*error);
  const auto earlier = [](const Holiday& a, const Holiday& b) { return a.date < b.date; };
  const auto [first, last] = std::minmax_element(text.holidays.begin(), text.holidays.end(), earlier);
  text.first = *day_of({civil_of(first->date).year, 1, 1});
  text.last = *day_of({civil_of(last->date).year, 12, 31});
  if (const auto fault = fault_of(text)) return refuse_fault(*fault, events_place);
  return text;
}

std::vector<Holiday> read_closures(const Value& list, std::string_view reason, std::optional<Error>& error) {
  const Place place("/closures");
  std::vector<Holiday> closures;
  for (SizeType i = 0; i < list.Size() && !error; ++i) {
    Holiday closure;
    closure.date = day_at(list[i], Place(place, i), Code::calendar, error);
    closure.title = reason;
    closure.closure = true;
    closures.push_back(std::move(closure));
  }
  return closures;
}

bool stands_before(const Holiday& a, const Holiday& b) {
  return a.date != b.date ? a.date < b.date : a.closure < b.closure;
}

}  // namespace

Result<CalendarText> read_calendar(std::string_view json, std::string_view division) {
  const auto document = parse_document(json);
  if (!document) return document.error();
  if (looks_like_gov_uk(*document)) {
    auto text = read_gov_uk(*document, division.empty() ? default_division : division);
    if (text) text->fingerprint = fingerprint(json);
    return text;
  }
  if (!document->IsObject() || !document->HasMember("cpconf"))
    return refuse("this is neither a cpconf calendar nor GOV.UK's file of bank holidays by division", "");
  auto text = read_ours(*document);
  if (!text) return text;
  if (!division.empty() && division != text->name)
    return Error{Code::not_found, "this is the calendar " + quoted(text->name) + ", not " + quoted(division), {}, {}};
  text->fingerprint = fingerprint(json);
  return text;
}

std::vector<std::string> embedded_calendar_names() {
  std::vector<std::string> names;
  for (const auto& file : embedded_files())
    if (file.name.substr(0, folder.size()) == folder)
      names.emplace_back(file.name.substr(folder.size(), file.name.size() - folder.size() - ending.size()));
  return names;
}

Result<CalendarText> embedded_calendar(std::string_view name) {
  const auto names = embedded_calendar_names();
  if (std::find(names.begin(), names.end(), name) != names.end())
    return read_calendar(embedded(std::string(folder) + std::string(name) + std::string(ending)), name);
  const auto near = nearest(name, names);
  return Error{Code::not_found,
               "there is no calendar " + quoted(name) +
                   (near.empty() ? std::string{} : "; did you mean " + std::string(near) + "?"),
               {},
               {}};
}

Result<CalendarText> with_closures(CalendarText calendar, std::string_view json) {
  const auto document = parse_document(json);
  if (!document) return document.error();
  std::optional<Error> error;
  ObjectReader reader(*document, "", Code::calendar, error);
  if (reader.has("cpconf")) read_version(reader);
  const std::string reason(reader.text("reason"));
  const auto* list = reader.array("closures");
  const auto closures = list ? read_closures(*list, reason, error) : std::vector<Holiday>{};
  reader.finish();
  if (error) return std::move(*error);

  CalendarText layer;
  layer.first = first_supported_day, layer.last = last_supported_day, layer.holidays = closures;
  const Place place("/closures");
  if (const auto fault = fault_of(layer)) return refuse(fault->message, Place(place, *fault->holiday));
  calendar.holidays.insert(calendar.holidays.end(), closures.begin(), closures.end());
  std::stable_sort(calendar.holidays.begin(), calendar.holidays.end(), stands_before);
  // Two layers may close the same day: the first to say so stands.
  const auto same = [](const Holiday& a, const Holiday& b) { return a.date == b.date && a.closure == b.closure; };
  calendar.holidays.erase(std::unique(calendar.holidays.begin(), calendar.holidays.end(), same),
                          calendar.holidays.end());
  calendar.closures.push_back(reason);
  calendar.fingerprint = fingerprint(calendar.fingerprint + std::string(json));
  return calendar;
}

}  // namespace cpc
