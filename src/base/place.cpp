#include "base/place.h"

#include <cstring>
#include <new>

namespace cpc {

std::string Place::text() const {
  std::string out;
  add_to(out);
  return out;
}

void Place::add_to(std::string& out) const {
  constexpr std::size_t longest = 40;
  if (above_) above_->add_to(out);
  if (step_ == Step::written) {
    out += key_;
    return;
  }
  out += '/';
  if (step_ == Step::index) {
    out += std::to_string(index_);
    return;
  }
  for (const char c : key_.substr(0, longest)) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c >= ' ' && c <= '~' ? c : '?';
  }
}

const Place* KeptPlaces::keep(const Place& place) {
  if (place.kept_) return place.kept_;
  const Place* above = place.above_ ? keep(*place.above_) : nullptr;
  auto* const kept = new (memory_.allocate(sizeof(Place), alignof(Place))) Place(place);
  kept->above_ = above;
  // The key may be a view into the document.
  if (!place.key_.empty()) {
    auto* const key = static_cast<char*>(memory_.allocate(place.key_.size(), 1));
    std::memcpy(key, place.key_.data(), place.key_.size());
    kept->key_ = {key, place.key_.size()};
  }
  kept->kept_ = kept;
  place.kept_ = kept;
  return kept;
}

}  // namespace cpc
