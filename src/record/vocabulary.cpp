#include "record/vocabulary.h"

#include <algorithm>
#include <cassert>

namespace cpc {
namespace {

int position(const std::vector<std::string>& words, std::string_view word) {
  const auto at = std::find(words.begin(), words.end(), word);
  return at == words.end() ? -1 : static_cast<int>(at - words.begin());
}

}  // namespace

void WordTable::build(std::vector<std::string> words) {
  assert(words.size() < none / 4);
  words_ = std::move(words);
  const std::size_t size = std::bit_ceil(words_.size() * 4 + 1);  // at most a quarter full: few collisions
  slots_.assign(size, none);
  mask_ = size - 1;
  keys_.clear();
  for (std::size_t number = 0; number < words_.size(); ++number) {
    auto start = words_[number];
    start.resize(std::max(start.size(), padding));
    keys_.push_back(key_of(start.data(), words_[number].size()));
    std::size_t i = hash(keys_.back()) & mask_;
    while (slots_[i] != none) i = (i + 1) & mask_;
    slots_[i] = static_cast<std::uint16_t>(number);
  }
}

void Enumeration::build(std::string new_name, std::vector<std::string> new_values) {
  name = std::move(new_name);
  values = std::move(new_values);
  words.build(values);
}

int Vocabulary::enumeration(std::string_view name) const {
  const auto at =
      std::find_if(enumerations.begin(), enumerations.end(), [&](const Enumeration& e) { return e.name == name; });
  return at == enumerations.end() ? -1 : static_cast<int>(at - enumerations.begin());
}

int Vocabulary::kind(std::string_view name) const {
  const auto at =
      std::find_if(instances.begin(), instances.end(), [&](const InstanceType& t) { return t.name == name; });
  return at == instances.end() ? no_kind : static_cast<int>(at - instances.begin());
}

int Vocabulary::duty(std::string_view name) const { return position(duties, name); }

}  // namespace cpc
