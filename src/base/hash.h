#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cpc {

/// XXH3-64 of a text: for hash tables.
[[nodiscard]] std::uint64_t hash64(std::string_view text);

/// XXH3-128 of a text as 32 hexadecimal digits: it names a version of a file, it is not a signature.
[[nodiscard]] std::string fingerprint(std::string_view text);
/// That of a text which is at hand in pieces.
[[nodiscard]] std::string fingerprint_of_pieces(std::span<const std::string_view> pieces);

}  // namespace cpc
