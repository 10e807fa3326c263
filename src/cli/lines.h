#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace cpc::cli {

inline constexpr std::size_t longest_line = std::size_t{64} << 20;

struct Line {
  std::int64_t number = 0;  ///< From 1; empty lines count.
  std::string text;         ///< Without its end.
  bool too_long = false;    ///< Longer than `longest_line`: the text is left out.
};

/// Reads the lines of a file descriptor that are not blank, in memory that does not grow with their number.
class LineReader {
 public:
  explicit LineReader(int file) : file_(file), buffer_(std::size_t{1} << 16) {}
  /// The next line, or null at the end. Valid until the next call.
  [[nodiscard]] const Line* next();
  /// Whether another byte can be had without waiting for the writer.
  [[nodiscard]] bool more_at_hand() const { return begin_ < end_; }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  [[nodiscard]] bool read_line();
  [[nodiscard]] bool fill();
  void take(std::size_t end);

  int file_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool failed_ = false;
  Line line_;
};

}  // namespace cpc::cli
