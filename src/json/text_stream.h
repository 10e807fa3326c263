#pragma once
#include <rapidjson/reader.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace cpc {

/// The first byte from `text` on that a JSON string cannot simply contain: a quotation mark, a backslash or a control
/// character. Eight bytes from any byte up to that one are read, so the text needs zeros after its end.
inline char* skip_plain(char* text) {
  constexpr std::uint64_t ones = 0x0101010101010101ULL;
  constexpr std::uint64_t high = 0x8080808080808080ULL;
  if constexpr (std::endian::native == std::endian::little) {
    for (;; text += 8) {
      std::uint64_t bytes;
      std::memcpy(&bytes, text, 8);
      const std::uint64_t quote = bytes ^ (ones * '"');
      const std::uint64_t slash = bytes ^ (ones * '\\');
      // A byte's high bit is set where it is found; above the first find there may be false ones.
      const auto found =
          (((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((bytes - ones * 0x20) & ~bytes)) & high;
      if (found) return text + std::countr_zero(found) / 8;
    }
  } else {
    while (*text != '"' && *text != '\\' && static_cast<unsigned char>(*text) >= 0x20) ++text;
    return text;
  }
}

/// RapidJSON's in-situ stream for text of which most strings hold no escape: such a string is passed over eight bytes
/// at a time and not written to (the pieces that a byte-wise copy leaves in the store buffer make the next look at the
/// word slow). So no string ends with a zero: use its length. At least eight zeros follow the text.
class TextStream {
 public:
  using Ch = char;
  explicit TextStream(char* text) : source_(text), target_(text), head_(text) {}

  [[nodiscard]] Ch Peek() const { return *source_; }
  Ch Take() { return *source_++; }
  [[nodiscard]] std::size_t Tell() const { return static_cast<std::size_t>(source_ - head_); }

  /// Passes over blanks; what stands indented is reached eight spaces at a time.
  void skip_blanks() {
    constexpr std::uint64_t spaces = 0x2020202020202020ULL;
    while (*source_ == ' ' || *source_ == '\n' || *source_ == '\r' || *source_ == '\t') {
      if (*source_++ != '\n') continue;
      std::uint64_t bytes;
      for (std::memcpy(&bytes, source_, 8); bytes == spaces; std::memcpy(&bytes, source_, 8)) source_ += 8;
    }
  }

  Ch* PutBegin() {
    Ch* const begin = source_;
    target_ = source_ = skip_plain(source_);
    return begin;
  }
  void Put(Ch c) {
    if (target_ + 1 != source_) *target_ = c;  // before the first escape the byte stands there already
    ++target_;
  }
  std::size_t PutEnd(Ch* begin) { return static_cast<std::size_t>(target_ - begin); }
  void Flush() {}

 private:
  Ch* source_;
  Ch* target_;
  Ch* head_;
};

}  // namespace cpc

namespace rapidjson {
template <>
struct StreamTraits<cpc::TextStream> {
  enum { copyOptimization = 1 };
};
template <>
inline void SkipWhitespace(cpc::TextStream& stream) {
  stream.skip_blanks();
}
}  // namespace rapidjson
