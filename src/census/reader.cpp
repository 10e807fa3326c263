#include "census/reader.h"

#include <expat.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <memory>
#include <string_view>

#include "base/text.h"
#include "census/values.h"

namespace cpc {

void CensusChild::clear() {
  id.clear();
  line = 0;
  birth = expected_birth = death = CensusDate{};
  episodes.clear();
  assessments.clear();
  transfers.clear();
  sections.clear();
  plans.clear();
  reviews.clear();
  remarks.clear();
}

namespace {

constexpr std::size_t chunk = 64 * 1024;
constexpr std::size_t longest_value = 512;

/// Where in the file the reader stands: what an element that starts here can be.
enum class Context : std::uint8_t {
  outside,
  message,
  header,
  collection_details,
  children,
  child,
  identifiers,
  episode,
  assessments,
  section_47,
  plan,
  in_plan,
  value,
  other,
  lost,
};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool equal_in_any_letters(std::string_view text, std::string_view upper) {
  return std::equal(text.begin(), text.end(), upper.begin(), upper.end(),
                    [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b; });
}

template <std::size_t N>
int place_in(const char* const (&codes)[N], std::string_view text) {
  const auto* found = std::find(std::begin(codes), std::end(codes), text);
  return found == std::end(codes) ? -1 : static_cast<int>(found - std::begin(codes));
}

/// The upper half of windows-1252, which Expat does not know of itself; -1 where it has no character.
constexpr std::array<int, 32> windows_1252{0x20AC, -1,     0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                           0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, -1,     0x017D, -1,
                                           -1,     0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                           0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1,     0x017E, 0x0178};

class Reader {
 public:
  explicit Reader(CensusSink& sink) : sink_(sink), parser_(XML_ParserCreate(nullptr)) {
    if (!parser_) return;
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(
        parser_.get(),
        [](void* self, const XML_Char* name, const XML_Char**) {
          guarded(self, [&](Reader& reader) { reader.start(name); });
        },
        [](void* self, const XML_Char*) { guarded(self, [](Reader& reader) { reader.end(); }); });
    XML_SetCharacterDataHandler(parser_.get(), [](void* self, const XML_Char* text, int size) {
      static_cast<Reader*>(self)->text(text, static_cast<std::size_t>(size));
    });
    XML_SetStartDoctypeDeclHandler(
        parser_.get(), [](void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
          guarded(self, [](Reader& reader) {
            reader.refuse(Code::input, "a census has no document type declaration: entities are not read");
          });
        });
    XML_SetUnknownEncodingHandler(parser_.get(), &Reader::encoding, nullptr);
  }

  Result<Done> read(const CensusSource& source) {
    if (!parser_) return Error{Code::no_memory, "no memory for the XML reader", "", ""};
    for (bool last = false; !last;) {
      void* buffer = XML_GetBuffer(parser_.get(), static_cast<int>(chunk));
      if (buffer == nullptr) return Error{Code::no_memory, "no memory for the XML reader", "", ""};
      const std::ptrdiff_t size = source(static_cast<char*>(buffer), chunk);
      if (size < 0) return cut_off(Error{Code::failed, "the file could not be read on", place(), ""});
      last = size == 0;
      fed_ += static_cast<std::uint64_t>(size);
      if (fed_ == 0) return Error{Code::input, "the file is empty", "line 1, column 1", ""};
      const XML_Status status = XML_ParseBuffer(parser_.get(), static_cast<int>(size), last ? 1 : 0);
      if (thrown_) std::rethrow_exception(thrown_);
      if (status != XML_STATUS_OK) return error_ ? *error_ : cut_off(broken(last));
      if (!last && fed_ - position() > census_longest_tag)
        return cut_off(Error{Code::input, "a tag, comment or instruction of more than 1 MB", place(), ""});
    }
    if (!seen_children_) return Error{Code::input, "no Children in the Message", place(), ""};
    if (!begun_) {
      if (Result<Done> begun = begin(); !begun) return begun;
    }
    return Done{};
  }

 private:
  /// Nothing may be thrown through the frames of Expat, which is C.
  template <class F>
  static void guarded(void* self, F f) {
    auto& reader = *static_cast<Reader*>(self);
    if (reader.stopped_) return;
    try {
      f(reader);
    } catch (...) {
      reader.thrown_ = std::current_exception();
      reader.stopped_ = true;
      XML_StopParser(reader.parser_.get(), XML_FALSE);
    }
  }

  // ---- Elements

  void start(const char* name) {
    if (depth_ == census_deepest) return refuse(Code::input, "more than 100 elements inside one another");
    const CensusElement element = element_of(std::string_view{name, std::strlen(name)});
    const Context next = enter(stack_[static_cast<std::size_t>(depth_)], element);
    stack_[static_cast<std::size_t>(++depth_)] = next;
    collecting_ = next == Context::value;
    if (!collecting_) return;
    element_ = element;
    size_ = 0;
    too_long_ = false;
    line_ = line();
  }

  void end() {
    const Context left = stack_[static_cast<std::size_t>(depth_--)];
    collecting_ = stack_[static_cast<std::size_t>(depth_)] == Context::value;
    if (left == Context::value) return finish_value();
    if (left == Context::plan) return finish_plan();
    if (left == Context::child) finish_child();
  }

  void text(const char* bytes, std::size_t size) {
    if (!collecting_) return;
    if (size_ == 0)
      while (size > 0 && is_space(*bytes)) ++bytes, --size;
    if (size_ + size <= text_.size()) {
      std::memcpy(text_.data() + size_, bytes, size);
      size_ += size;
      return;
    }
    for (; size > 0; ++bytes, --size) {
      if (size_ < text_.size())
        text_[size_++] = *bytes;
      else if (!is_space(*bytes))
        too_long_ = true;
    }
  }

  Context enter(Context parent, CensusElement element) {
    using E = CensusElement;
    switch (parent) {
      case Context::outside:
        if (element == E::message) return Context::message;
        refuse(Code::input, "not a census: the outermost element is not Message");
        return Context::other;
      case Context::message:
        if (element == E::header) return Context::header;
        if (element == E::children) return seen_children_ = true, Context::children;
        return Context::other;
      case Context::header:
        return element == E::collection_details ? Context::collection_details : Context::other;
      case Context::collection_details:
        return element == E::collection || element == E::reference_date ? Context::value : Context::other;
      case Context::children:
        return element == E::child ? begin_child() : misplaced(element);
      case Context::child:
        child_has_element_ = true;
        return enter_child(element);
      case Context::identifiers:
        return element >= E::la_child_id && element <= E::death_date ? Context::value : misplaced(element);
      case Context::episode:
        return enter_episode(element);
      case Context::assessments:
        return element == E::assessment_authorised ? Context::value : misplaced(element);
      case Context::section_47:
        return element >= E::section_47_start && element <= E::conference_not_required ? Context::value
                                                                                       : misplaced(element);
      case Context::plan:
        if (element >= E::plan_start && element <= E::previous_plans) return Context::value;
        [[fallthrough]];
      case Context::in_plan:
        if (element == E::review_date) return Context::value;
        return misplaced(element) == Context::lost ? Context::lost : Context::in_plan;
      case Context::value:
      case Context::other:
        return misplaced(element);
      case Context::lost:
        return Context::lost;
    }
    return Context::other;
  }

  Context enter_child(CensusElement element) {
    if (element == CensusElement::child_identifiers) return Context::identifiers;
    if (element != CensusElement::episode) return misplaced(element);
    CensusEpisode& episode = child_.episodes.emplace_back();
    episode.line = line();
    return full() ? Context::other : Context::episode;
  }

  Context enter_episode(CensusElement element) {
    using E = CensusElement;
    if (element >= E::referral_date && element <= E::closure_reason) return Context::value;
    if (element == E::conference_date) return Context::value;
    if (element == E::assessments) return Context::assessments;
    if (element == E::section_47) {
      child_.sections.emplace_back().line = line();
      return full() ? Context::other : Context::section_47;
    }
    if (element == E::plan) {
      CensusPlan& plan = child_.plans.emplace_back();
      plan.line = line();
      plan.first_review = static_cast<std::uint32_t>(child_.reviews.size());
      return full() ? Context::other : Context::plan;
    }
    return misplaced(element);
  }

  /// An element that is read elsewhere, and would be lost here without a word.
  Context misplaced(CensusElement element) {
    if (element == CensusElement::other || element == CensusElement::reviews ||
        element < CensusElement::child_identifiers)
      return Context::other;
    if (!in_child_) return Context::other;
    remark(CensusRemark::Kind::misplaced, element, {}, line());
    return Context::lost;
  }

  Context begin_child() {
    if (!begun_) {
      if (Result<Done> begun = begin(); !begun) {
        stop(begun.error());
        return Context::other;
      }
    }
    child_.clear();
    child_.line = line();
    child_has_element_ = false;
    in_child_ = true;
    return Context::child;
  }

  void finish_child() {
    in_child_ = false;
    if (child_has_element_) sink_.child(child_);
  }

  /// The days of the plan's reviews in order, each once.
  void finish_plan() {
    CensusPlan& plan = child_.plans.back();
    const auto first = child_.reviews.begin() + plan.first_review;
    if (child_.reviews.end() - first > 1) {
      std::stable_sort(first, child_.reviews.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
      child_.reviews.erase(
          std::unique(first, child_.reviews.end(), [](const auto& a, const auto& b) { return a.day == b.day; }),
          child_.reviews.end());
    }
    plan.review_count = static_cast<std::uint32_t>(child_.reviews.size()) - plan.first_review;
  }

  // ---- Values

  void finish_value() {
    while (size_ > 0 && is_space(text_[size_ - 1])) --size_;
    const std::string_view value{text_.data(), size_};
    if (value.empty()) return;
    using E = CensusElement;
    switch (element_) {
      case E::collection:
        if (collection_.empty()) collection_ = value;
        return;
      case E::reference_date:
        return read_reference_date(value);
      case E::la_child_id:
        return read_id(value);
      case E::birth_date:
        return read_date(value, child_.birth);
      case E::expected_birth_date:
        return read_date(value, child_.expected_birth);
      case E::death_date:
        return read_date(value, child_.death);
      case E::referral_date:
        return read_date(value, child_.episodes.back().referral);
      case E::referral_nfa:
        return read_flag(value, child_.episodes.back().no_further_action);
      case E::closure_date:
        return read_date(value, child_.episodes.back().closure);
      case E::closure_reason:
        return read_code(value, place_in(census_closure_reasons, value), child_.episodes.back().closure_reason);
      case E::assessment_authorised:
        read_occasion(value, child_.assessments);
        return;
      case E::section_47_start:
        return read_date(value, child_.sections.back().started);
      case E::conference_target:
        return read_date(value, child_.sections.back().target);
      case E::conference_date:
        if (in(Context::section_47)) return read_date(value, child_.sections.back().conference);
        read_occasion(value, child_.transfers);
        return;
      case E::conference_not_required:
        return read_flag(value, child_.sections.back().not_required);
      case E::plan_start:
        return read_date(value, child_.plans.back().start);
      case E::plan_end:
        return read_date(value, child_.plans.back().end);
      case E::initial_category:
        return read_code(value, place_in(census_categories, value), child_.plans.back().initial_category);
      case E::latest_category:
        return read_code(value, place_in(census_categories, value), child_.plans.back().latest_category);
      case E::previous_plans:
        return read_code(value, read_census_count(value).value_or(-1), child_.plans.back().previous_plans);
      case E::review_date:
        return read_review(value);
      default:
        return;
    }
  }

  void read_reference_date(std::string_view value) {
    if (begun_) return refuse(Code::input, "a reference date after the children: the Header has to stand before them");
    Day day;
    if (too_long_ || !read_census_day(value, day)) {
      header_.remarks.push_back({CensusRemark::Kind::unreadable, element_, line_, std::string{value}});
    } else if (!header_.reference_date) {
      header_.reference_date = day;
    } else if (*header_.reference_date != day) {
      header_.remarks.push_back({CensusRemark::Kind::repeated, element_, line_, std::string{value}});
    }
  }

  void read_id(std::string_view value) {
    if (too_long_)
      unread(value, CensusRemark::Kind::unreadable);
    else if (child_.id.empty())
      child_.id = value;
    else if (child_.id != value)
      unread(value, CensusRemark::Kind::repeated);
  }

  void read_date(std::string_view value, CensusDate& date) {
    Day day;
    const bool read = !too_long_ && read_census_day(value, day);
    if (!read) unread(value, CensusRemark::Kind::unreadable);
    if (read && date.read && date.day != day) unread(value, CensusRemark::Kind::repeated);
    if (date.read) return;
    if (read || !date.given) date.line = line_;
    date.given = true;
    if (!read) return;
    date.read = true;
    date.day = day;
  }

  void read_flag(std::string_view value, CensusFlag& flag) {
    const std::optional<bool> read = read_census_flag(value);
    if (!read) unread(value, CensusRemark::Kind::unreadable);
    if (read && flag.read && flag.yes != *read) unread(value, CensusRemark::Kind::repeated);
    if (flag.read) return;
    if (read || !flag.given) flag.line = line_;
    flag.given = true;
    if (!read) return;
    flag.read = true;
    flag.yes = *read;
  }

  void read_code(std::string_view value, int read, CensusCode& code) {
    if (too_long_) read = -1;
    if (read < 0) unread(value, CensusRemark::Kind::unreadable);
    if (read >= 0 && code.value >= 0 && code.value != read) unread(value, CensusRemark::Kind::repeated);
    if (code.value >= 0) return;
    code.line = line_;
    code.given = true;
    code.value = static_cast<std::int16_t>(read);
  }

  bool read_occasion(std::string_view value, std::vector<CensusOccasion>& occasions) {
    Day day;
    if (too_long_ || !read_census_day(value, day)) return unread(value, CensusRemark::Kind::unreadable), false;
    occasions.push_back({day, line_});
    return !full();
  }

  void read_review(std::string_view value) {
    CensusPlan& plan = child_.plans.back();
    plan.review_given = true;
    if (!read_occasion(value, child_.reviews)) plan.review_unreadable = true;
  }

  void unread(std::string_view value, CensusRemark::Kind kind) {
    if (!in_child_) return header_.remarks.push_back({kind, element_, line_, std::string{value}});
    remark(kind, element_, value, line_);
  }

  void remark(CensusRemark::Kind kind, CensusElement element, std::string_view value, std::uint32_t at) {
    child_.remarks.push_back({kind, element, at, std::string{value}});
    (void)full();
  }

  /// Refuses a child that no real file has, before it takes all memory.
  bool full() {
    const std::size_t size = child_.episodes.size() + child_.assessments.size() + child_.transfers.size() +
                             child_.sections.size() + child_.plans.size() + child_.reviews.size() +
                             child_.remarks.size();
    if (size <= census_most_in_child) return false;
    refuse(Code::input, "more than 4096 episodes, groups and dates in one Child");
    return true;
  }

  [[nodiscard]] bool in(Context context) const { return stack_[static_cast<std::size_t>(depth_)] == context; }

  // ---- The file

  Result<Done> begin() {
    if (!collection_.empty() && !equal_in_any_letters(collection_, "CIN"))
      return Error{Code::input, "the collection is " + quoted(collection_) + ", not CIN", place(), ""};
    Result<Done> begun = sink_.begin(header_);
    if (begun) begun_ = true;
    return begun;
  }

  void refuse(Code code, std::string message) { stop(Error{code, std::move(message), place(), ""}); }

  void stop(Error error) {
    if (stopped_) return;
    error_ = std::move(error);
    stopped_ = true;
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  /// The XML cannot be read on from here. Once the outermost element was that of a census, what was read counts.
  Result<Done> cut_off(Error error) {
    if (!begun_ && depth_ > 0) (void)begin();
    return error;
  }

  Error broken(bool last) const {
    const XML_Error code = XML_GetErrorCode(parser_.get());
    switch (code) {
      case XML_ERROR_NO_MEMORY:
        return Error{Code::no_memory, "no memory for the XML reader", place(), ""};
      case XML_ERROR_UNKNOWN_ENCODING:
        return Error{Code::syntax, "the encoding declared is not known", place(), ""};
      case XML_ERROR_INCORRECT_ENCODING:
        return Error{Code::syntax, "the file is not in the encoding that it declares", place(), ""};
      case XML_ERROR_NO_ELEMENTS:
      case XML_ERROR_UNCLOSED_TOKEN:
      case XML_ERROR_PARTIAL_CHAR:
      case XML_ERROR_UNCLOSED_CDATA_SECTION:
        if (last) return Error{Code::syntax, "the file ends before its outermost element does", place(), ""};
        [[fallthrough]];
      default:
        return Error{Code::syntax, std::string{"not well-formed XML: "} + XML_ErrorString(code), place(), ""};
    }
  }

  static int encoding(void*, const XML_Char* name, XML_Encoding* out) {
    if (!equal_in_any_letters(name, "WINDOWS-1252")) return XML_STATUS_ERROR;
    for (int i = 0; i < 256; ++i)
      out->map[i] = i < 0x80 || i >= 0xA0 ? i : windows_1252[static_cast<std::size_t>(i - 0x80)];
    out->data = nullptr;
    out->convert = nullptr;
    out->release = nullptr;
    return XML_STATUS_OK;
  }

  [[nodiscard]] std::uint32_t line() const {
    return static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_.get()));
  }
  [[nodiscard]] std::uint64_t position() const {
    const XML_Index index = XML_GetCurrentByteIndex(parser_.get());
    return index < 0 ? fed_ : static_cast<std::uint64_t>(index);
  }
  [[nodiscard]] std::string place() const {
    return "line " + std::to_string(XML_GetCurrentLineNumber(parser_.get())) + ", column " +
           std::to_string(XML_GetCurrentColumnNumber(parser_.get()) + 1);
  }

  struct Free {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  CensusSink& sink_;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser_;
  std::uint64_t fed_ = 0;
  int depth_ = 0;
  std::array<Context, census_deepest + 1> stack_{};
  bool stopped_ = false;
  bool collecting_ = false;
  bool too_long_ = false;
  bool seen_children_ = false;
  bool begun_ = false;
  bool in_child_ = false;
  bool child_has_element_ = false;
  CensusElement element_ = CensusElement::other;
  std::uint32_t line_ = 0;
  std::size_t size_ = 0;
  std::array<char, longest_value> text_{};
  std::string collection_;
  CensusHeader header_;
  CensusChild child_;
  std::optional<Error> error_;
  std::exception_ptr thrown_;
};

}  // namespace

Result<Done> read_census(const CensusSource& source, CensusSink& sink) { return Reader(sink).read(source); }

}  // namespace cpc
