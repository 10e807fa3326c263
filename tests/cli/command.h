#pragma once
#include <string>
#include <vector>

namespace cpc::test {

/// What one run of the command printed and ended with.
struct Ran {
  std::string out;
  std::string error;
  int status = -1;
};

/// Runs `cpconf` with arguments as a shell reads them, in the folder of the sources, `input` on its standard input.
Ran run(const std::string& arguments, const std::string& input = {});

/// A file that lives as long as this.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string read_text(const std::string& path);
std::vector<std::string> lines_of(const std::string& text);
/// The same text with one piece put in place of another, which must be there.
std::string with(std::string text, const std::string& piece, const std::string& instead);

}  // namespace cpc::test
