#include "record/record.h"

#include <algorithm>
#include <bit>

#include "base/hash.h"

namespace cpc {

std::uint32_t IdTable::intern(std::string_view text) {
  if (slots_.size() < (entries_.size() + 1) * 2) grow();
  const std::uint64_t hash = hash64(text);
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash & mask;
  for (; slots_[i] != 0; i = (i + 1) & mask) {
    const std::uint32_t number = slots_[i] - 1;
    if (entries_[number].hash == hash && this->text(number) == text) return number;
  }
  const auto number = static_cast<std::uint32_t>(entries_.size());
  slots_[i] = number + 1;
  entries_.push_back({hash, static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(text.size())});
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  return number;
}

std::int64_t IdTable::find(std::string_view text) const {
  if (slots_.empty()) return -1;
  const std::uint64_t hash = hash64(text);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask; slots_[i] != 0; i = (i + 1) & mask) {
    const std::uint32_t number = slots_[i] - 1;
    if (entries_[number].hash == hash && this->text(number) == text) return number;
  }
  return -1;
}

void IdTable::grow() {
  slots_.assign(std::max<std::size_t>(slots_.size() * 2, 64), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t number = 0; number < entries_.size(); ++number) {
    std::size_t i = entries_[number].hash & mask;
    while (slots_[i] != 0) i = (i + 1) & mask;
    slots_[i] = number + 1;
  }
}

void IdTable::clear() {
  // A table left large by one big record is dropped, so that small ones after it do not pay for it.
  if (slots_.size() > 4096 && entries_.size() * 16 < slots_.size()) slots_.clear();
  std::fill(slots_.begin(), slots_.end(), 0);
  bytes_.clear();
  entries_.clear();
}

void Record::clear() {
  case_id.clear();
  ids.clear();
  children.clear();
  rows.clear();
  values.clear();
  not_recorded.clear();
  findings.clear();
}

int Record::child(std::uint32_t id) const {
  const auto at = std::find(children.begin(), children.end(), id);
  return at == children.end() ? -1 : static_cast<int>(at - children.begin());
}

int Record::add_child(std::uint32_t id) {
  if (const int known = child(id); known >= 0) return known;
  if (children.size() >= most_children) return -1;
  children.push_back(id);
  return static_cast<int>(children.size()) - 1;
}

Row& Record::add_row(EventId event) {
  Row& row = rows.emplace_back();
  row.event = event;
  row.values = static_cast<std::uint32_t>(values.size());
  values.resize(values.size() + vocabulary->events[event].slots.size(), unknown_value);
  return row;
}

std::string Record::row_name(const Row& row) const {
  if (row.id != no_id) return std::string(ids.text(row.id));
  std::string name = vocabulary->events[row.event].name;
  if (row.at != unknown_value) name.append(" ").append(to_string(moment_of(row.at)));
  if (row.instance != no_id) {
    name.append(" ").append(ids.text(row.instance));
  } else if (row.conference != no_id) {
    name.append(" ").append(ids.text(row.conference));
  } else if (std::has_single_bit(row.children)) {
    name.append(" ").append(ids.text(children[static_cast<std::size_t>(std::countr_zero(row.children))]));
  }
  return name;
}

}  // namespace cpc
