#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace cpc {

std::uint64_t hash64(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

namespace {

std::string digits_of(const XXH128_hash_t& hash) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out(32, '0');
  for (int i = 0; i < 16; ++i) {
    out[static_cast<std::size_t>(15 - i)] = digits[(hash.high64 >> (4 * i)) & 15];
    out[static_cast<std::size_t>(31 - i)] = digits[(hash.low64 >> (4 * i)) & 15];
  }
  return out;
}

}  // namespace

std::string fingerprint(std::string_view text) { return digits_of(XXH3_128bits(text.data(), text.size())); }

std::string fingerprint_of_pieces(std::span<const std::string_view> pieces) {
  XXH3_state_t state;
  XXH3_128bits_reset(&state);
  for (const auto piece : pieces) XXH3_128bits_update(&state, piece.data(), piece.size());
  return digits_of(XXH3_128bits_digest(&state));
}

}  // namespace cpc
