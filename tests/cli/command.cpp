#include "cli/command.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace cpc::test {

TemporaryFile::TemporaryFile(const std::string& text) : path_(std::string(CPC_BUILD_DIR) + "/cli-test-XXXXXX") {
  const int file = mkstemp(path_.data());
  if (file < 0) throw std::runtime_error("no temporary file in " CPC_BUILD_DIR);
  close(file);
  std::ofstream(path_, std::ios::binary) << text;
}

TemporaryFile::~TemporaryFile() { std::remove(path_.c_str()); }

Ran run(const std::string& arguments, const std::string& input) {
  const TemporaryFile in(input), error("");
  const auto redirected = arguments.find('<') == std::string::npos ? " <'" + in.path() + "'" : std::string();
  const auto line = std::string("cd '" CPC_SOURCE_DIR "' && '" CPC_COMMAND "' ") + arguments + redirected + " 2>'" +
                    error.path() + "'";
  std::FILE* pipe = popen(line.c_str(), "r");
  if (!pipe) throw std::runtime_error("no shell");
  Ran ran;
  char buffer[4096];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) ran.out.append(buffer, got);
  const int status = pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  ran.error = read_text(error.path());
  return ran;
}

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("there is no file " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string with(std::string text, const std::string& piece, const std::string& instead) {
  const auto at = text.find(piece);
  if (at == std::string::npos) throw std::runtime_error("the text does not hold: " + piece);
  return text.replace(at, piece.size(), instead);
}

}  // namespace cpc::test
