#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cpc::house {

/// A file of the project as a check sees it: its path below the project's folder, with slashes, and its text.
struct File {
  std::string path;
  std::string text;
};

/// What a check found wrong: one sentence each, beginning with the path and the line.
using Faults = std::vector<std::string>;

/// The stages of src/ from the first to the last: a file includes only its own stage and those before it.
[[nodiscard]] const std::vector<std::string>& stages();

/// A file of src/ or capi/ that includes a later stage, or a header that is not named from src/.
[[nodiscard]] Faults wrong_stage_includes(const File& file);
/// A dependency that is included outside its one home. Tests and benchmarks may use any, to compare with.
[[nodiscard]] Faults strayed_dependencies(const File& file);
/// A header of the library that is neither the C++ standard's nor a known dependency's, such as POSIX's,
/// or a name that reads a clock, the environment, the locale or a thread.
[[nodiscard]] Faults not_standard(const File& file);
/// A header without `#pragma once`.
[[nodiscard]] Faults unguarded_header(const File& file);
/// A path of one machine, or the host of a package registry.
[[nodiscard]] Faults machine_words(const File& file);
/// An entry of the project's folder that has no place there.
[[nodiscard]] Faults stray_entries(const std::vector<std::string>& names);

/// Every text file of the project, without build folders and what version control keeps.
[[nodiscard]] std::vector<File> project_files(const std::filesystem::path& root);
/// The names of the entries of the project's folder.
[[nodiscard]] std::vector<std::string> project_entries(const std::filesystem::path& root);

}  // namespace cpc::house
