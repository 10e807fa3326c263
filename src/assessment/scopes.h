#pragma once
#include <cstdint>
#include <vector>

#include "assessment/history.h"

namespace cpc {

/// One combination that a rule is judged for, with the rows that may take part in it.
struct Scope {
  std::int16_t child = -1;
  std::array<std::int16_t, 2> instance{no_instance, no_instance};
  Day begin;  ///< First day of its instance: chooses the edition.
  bool dated = false;
};

/// The scopes of one kind (`per`), and per scope and event the rows in it, in canonical order.
/// Rows that surely belong to one scope are listed under it; rows that belong to several, or perhaps, are shared.
class ScopeIndex {
 public:
  void build(const ScopeType& type, const History& history);

  [[nodiscard]] const std::vector<Scope>& scopes() const { return scopes_; }
  [[nodiscard]] const ScopeType& type() const { return *type_; }
  [[nodiscard]] int kind(int place) const { return kinds_[static_cast<std::size_t>(place)]; }
  [[nodiscard]] int kinds() const { return kind_total_; }

  /// Whether a row takes part in a scope: no, perhaps, surely.
  [[nodiscard]] Truth takes_part(const History& history, std::int32_t row, const Scope& scope) const;
  /// The scope that a row surely belongs to for a child, or -1.
  [[nodiscard]] std::int32_t scope_of(const History& history, std::int32_t row, int child) const;
  [[nodiscard]] std::int32_t find(int child, std::int16_t first, std::int16_t second) const;

  /// Whether an event has any row that may be of a scope.
  [[nodiscard]] bool any_row(std::int32_t scope, EventId event) const {
    const int local = type_->local[event];
    if (local < 0) return false;
    const Range own = range(bucket(scope, local));
    const Range shared = range(
        bucket(static_cast<std::int32_t>(scopes_.size()) + scopes_[static_cast<std::size_t>(scope)].child + 1, local));
    return own.begin != own.end || shared.begin != shared.end;
  }

  /// Calls f(row, takes_part) for each row of an event in a scope, in canonical order; f returns false to stop.
  template <class F>
  void rows(const History& history, std::int32_t scope, EventId event, F f) const {
    walk(history, scope, event, f, 1);
  }
  /// The same from the end.
  template <class F>
  void rows_backward(const History& history, std::int32_t scope, EventId event, F f) const {
    walk(history, scope, event, f, -1);
  }

 private:
  struct Entry {
    std::uint32_t bucket;
    std::int32_t row;
  };
  static constexpr std::uint32_t shared_mark = 0x80000000U;  ///< On the bucket of an entry that is in no one scope.
  struct Range {
    std::int64_t begin;
    std::int64_t end;
  };
  [[nodiscard]] Range range(std::uint32_t bucket) const { return {offsets_[bucket], offsets_[bucket + 1]}; }
  [[nodiscard]] std::uint32_t bucket(std::int32_t scope, int local) const {
    return static_cast<std::uint32_t>(scope) * static_cast<std::uint32_t>(type_->event_count) +
           static_cast<std::uint32_t>(local);
  }

  template <class F>
  void walk(const History& history, std::int32_t at, EventId event, F f, int step) const {
    const int local = type_->local[event];
    if (local < 0) return;
    const Scope& scope = scopes_[static_cast<std::size_t>(at)];
    const Range own = range(bucket(at, local));
    const Range shared = range(bucket(static_cast<std::int32_t>(scopes_.size()) + scope.child + 1, local));
    // Places in `listed_`, so that walking backward never makes a pointer before its beginning.
    std::int64_t a = step > 0 ? own.begin : own.end - 1;
    std::int64_t b = step > 0 ? shared.begin : shared.end - 1;
    const std::int64_t a_end = step > 0 ? own.end : own.begin - 1;
    const std::int64_t b_end = step > 0 ? shared.end : shared.begin - 1;
    const auto row = [this](std::int64_t place) { return listed_[static_cast<std::size_t>(place)]; };
    while (a != a_end || b != b_end) {
      if (b == b_end || (a != a_end && (step > 0 ? row(a) < row(b) : row(a) > row(b)))) {
        if (!f(row(a), Truth::yes)) return;
        a += step;
      } else {
        const Truth part = takes_part(history, row(b), scope);
        if (part != Truth::no && !f(row(b), part)) return;
        b += step;
      }
    }
  }

  [[nodiscard]] std::size_t place(int child, std::int16_t first) const {
    return static_cast<std::size_t>(child + 1) * (instance_count_ + 1) + static_cast<std::size_t>(first + 1);
  }
  std::int32_t find_or_add(const History& history, int child, std::int16_t first, std::int16_t second);
  void list_all(const History& history, int child);
  template <int Kinds>
  void list_by_instance(const History& history, int child);
  void sort_entries(int child_total);

  const ScopeType* type_ = nullptr;
  std::array<int, 2> kinds_{no_kind, no_kind};
  int kind_total_ = 0;
  std::size_t instance_count_ = 0;
  std::vector<Scope> scopes_;
  std::vector<std::int32_t> by_instance_;  ///< [child + 1][first + 1]: the scope, of two kinds the last made.
  std::vector<std::int32_t>
      made_before_;  ///< Per scope: the one of the same child and first instance before it, or -1.
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> offsets_;
  std::vector<std::int32_t> listed_;
};

}  // namespace cpc
