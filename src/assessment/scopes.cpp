#include "assessment/scopes.h"

#include <algorithm>
#include <utility>

namespace cpc {

std::int32_t ScopeIndex::find(int child, std::int16_t first, std::int16_t second) const {
  std::int32_t at = by_instance_[place(child, first)];
  while (at >= 0 && scopes_[static_cast<std::size_t>(at)].instance[1] != second)
    at = made_before_[static_cast<std::size_t>(at)];
  return at;
}

std::int32_t ScopeIndex::find_or_add(const History& history, int child, std::int16_t first, std::int16_t second) {
  const std::int32_t found = find(child, first, second);
  if (found >= 0) return found;
  Scope scope;
  scope.child = static_cast<std::int16_t>(child);
  scope.instance = {first, second};
  for (const std::int16_t at : scope.instance) {
    if (at < 0) continue;
    const InstanceState& state = history.instance(at);
    if (state.dated && (!scope.dated || state.first_day > scope.begin)) scope.begin = state.first_day;
    scope.dated = scope.dated || state.dated;
  }
  scopes_.push_back(scope);
  const auto at = static_cast<std::int32_t>(scopes_.size() - 1);
  made_before_.push_back(std::exchange(by_instance_[place(child, first)], at));
  return at;
}

void ScopeIndex::build(const ScopeType& type, const History& history) {
  type_ = &type;
  kinds_ = {no_kind, no_kind};
  kind_total_ = 0;
  for (int kind = 0; kind < kind_count && kind_total_ < 2; ++kind)
    if ((type.set & kind_bit(kind)) != 0) kinds_[static_cast<std::size_t>(kind_total_++)] = kind;
  const bool per_child = (type.set & child_bit) != 0;
  const int child_total = static_cast<int>(history.children().size());
  instance_count_ = history.instances().size();
  scopes_.clear();
  made_before_.clear();
  entries_.clear();
  by_instance_.assign(static_cast<std::size_t>(child_total + 1) * (instance_count_ + 1), -1);
  if (kind_total_ == 0) {
    if (!per_child)
      find_or_add(history, -1, no_instance, no_instance);
    else
      for (const auto child : history.child_order())
        if ((history.subjects() >> child & 1) != 0) find_or_add(history, child, no_instance, no_instance);
  }
  // Without instances there is no scope that could have rows.
  for (int place = 0; place < kind_total_; ++place)
    if (!history.has_instance(kinds_[static_cast<std::size_t>(place)])) return;
  for (int place = per_child ? 0 : -1; place < (per_child ? child_total : 0); ++place) {
    const int child = per_child ? history.child_order()[static_cast<std::size_t>(place)] : -1;
    if (kind_total_ == 0)
      list_all(history, child);
    else if (kind_total_ == 1)
      list_by_instance<1>(history, child);
    else
      list_by_instance<2>(history, child);
  }
  sort_entries(child_total);
}

/// Of a type without kinds: everything that is about the child lies in its one scope.
void ScopeIndex::list_all(const History& history, int child) {
  const std::int32_t scope = find(child, no_instance, no_instance);
  if (scope < 0) return;
  const auto& rows = history.rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const int local = type_->local[rows[i].event];
    if (local < 0 || (child >= 0 && (rows[i].children >> child & 1) == 0)) continue;
    entries_.push_back({bucket(scope, local), static_cast<std::int32_t>(i)});
  }
}

template <int Kinds>
void ScopeIndex::list_by_instance(const History& history, int child) {
  const auto& rows = history.rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const HistoryRow& row = rows[i];
    if (child >= 0 && (row.children >> child & 1) == 0) continue;
    const auto at = static_cast<std::int32_t>(i);
    const std::int16_t first = history.instance_of(at, kinds_[0], child);
    const std::int16_t second = Kinds > 1 ? history.instance_of(at, kinds_[1], child) : no_instance;
    std::int32_t scope = -1;
    // A row that says nothing of a child (attendance, a notice) makes no scope of that child by itself.
    if (first >= 0 && (Kinds < 2 || second >= 0))
      scope = child < 0 || row.names_children ? find_or_add(history, child, first, second) : find(child, first, second);
    const int local = type_->local[row.event];
    if (local < 0) continue;
    const auto shared = static_cast<std::uint32_t>((child + 1) * type_->event_count + local);
    entries_.push_back({scope >= 0 ? bucket(scope, local) : shared_mark | shared, at});
  }
}

/// Makes of the entries one list a scope and event.
void ScopeIndex::sort_entries(int child_total) {
  // Shared lists come after those of the scopes: one for each child (and one for none).
  const auto scope_buckets =
      static_cast<std::uint32_t>(scopes_.size()) * static_cast<std::uint32_t>(type_->event_count);
  const std::uint32_t buckets = scope_buckets + static_cast<std::uint32_t>((child_total + 1) * type_->event_count);
  // Counted two places on, so that filling the lists leaves each place where its list begins.
  offsets_.assign(buckets + 2, 0);
  for (Entry& entry : entries_) {
    if ((entry.bucket & shared_mark) != 0) entry.bucket = (entry.bucket & ~shared_mark) + scope_buckets;
    ++offsets_[entry.bucket + 2];
  }
  if (!entries_.empty())
    for (std::size_t i = 2; i < offsets_.size(); ++i) offsets_[i] += offsets_[i - 1];
  listed_.resize(entries_.size());
  // Entries were made in canonical order within each list, so a stable counting sort keeps it.
  for (const Entry& entry : entries_) listed_[offsets_[entry.bucket + 1]++] = entry.row;
}

Truth ScopeIndex::takes_part(const History& history, std::int32_t row, const Scope& scope) const {
  Truth part = Truth::yes;
  for (int place = 0; place < kind_total_; ++place) {
    const std::int16_t at = history.instance_of(row, kinds_[static_cast<std::size_t>(place)], scope.child);
    if (at == no_instance || at == scope.instance[static_cast<std::size_t>(place)]) continue;
    if (at != unknown_instance) return Truth::no;
    part = Truth::unknown;
  }
  return part;
}

std::int32_t ScopeIndex::scope_of(const History& history, std::int32_t row, int child) const {
  const int whose = (type_->set & child_bit) != 0 ? child : -1;
  const std::int16_t first = kind_total_ > 0 ? history.instance_of(row, kinds_[0], whose) : no_instance;
  const std::int16_t second = kind_total_ > 1 ? history.instance_of(row, kinds_[1], whose) : no_instance;
  if ((kind_total_ > 0 && first < 0) || (kind_total_ > 1 && second < 0)) return -1;
  return find(whose, first, second);
}

}  // namespace cpc
