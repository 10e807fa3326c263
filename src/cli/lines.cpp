#include "cli/lines.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace cpc::cli {

const Line* LineReader::next() {
  while (read_line()) {
    if (line_.too_long || line_.text.find_first_not_of(" \t\r") != std::string::npos) return &line_;
  }
  return nullptr;
}

bool LineReader::read_line() {
  line_.text.clear();
  line_.too_long = false;
  ++line_.number;
  bool any = false;
  while (begin_ < end_ || fill()) {
    any = true;
    const auto start = buffer_.begin() + static_cast<std::ptrdiff_t>(begin_);
    const auto stop = buffer_.begin() + static_cast<std::ptrdiff_t>(end_);
    const auto newline = std::find(start, stop, '\n');
    take(static_cast<std::size_t>(newline - buffer_.begin()));
    if (newline == stop) continue;
    ++begin_;
    return true;
  }
  return any;
}

/// Waits for some bytes, not for a full buffer: whoever writes one record may be waiting for its answer.
bool LineReader::fill() {
  auto got = ::read(file_, buffer_.data(), buffer_.size());
  while (got < 0 && errno == EINTR) got = ::read(file_, buffer_.data(), buffer_.size());
  begin_ = 0;
  end_ = got > 0 ? static_cast<std::size_t>(got) : 0;
  failed_ = got < 0;
  return end_ > 0;
}

void LineReader::take(std::size_t end) {
  if (line_.text.size() + (end - begin_) > longest_line) {
    line_.too_long = true;
    line_.text.clear();
  }
  if (!line_.too_long) line_.text.append(buffer_.data() + begin_, end - begin_);
  begin_ = end;
}

}  // namespace cpc::cli
