#pragma once
#include <cassert>
#include <cstddef>
#include <memory>
#include <utility>

namespace cpc {

/// None or one T, apart from what holds it: so a T may hold Ts, and what may hold several kinds of things stays small.
/// It is looked at as a vector is, and copied with what it holds.
template <class T>
class Box {
 public:
  Box() = default;
  Box(const Box& other) : held_(other.held_ ? std::make_unique<T>(*other.held_) : nullptr) {}
  Box(Box&& other) noexcept = default;
  Box& operator=(const Box& other) {
    if (this != &other) held_ = std::move(Box(other).held_);
    return *this;
  }
  Box& operator=(Box&& other) noexcept = default;
  ~Box() = default;

  /// A new T in place of what it held.
  template <class... Parts>
  T& emplace(Parts&&... parts) {
    held_ = std::make_unique<T>(std::forward<Parts>(parts)...);
    return *held_;
  }
  void clear() { held_.reset(); }

  [[nodiscard]] bool empty() const { return !held_; }
  [[nodiscard]] std::size_t size() const { return held_ ? 1 : 0; }
  [[nodiscard]] const T& front() const {
    assert(held_);
    return *held_;
  }
  [[nodiscard]] T& front() {
    assert(held_);
    return *held_;
  }
  [[nodiscard]] const T* data() const { return held_.get(); }
  [[nodiscard]] const T* begin() const { return held_.get(); }
  [[nodiscard]] const T* end() const { return held_.get() + size(); }
  [[nodiscard]] T* begin() { return held_.get(); }
  [[nodiscard]] T* end() { return held_.get() + size(); }

 private:
  std::unique_ptr<T> held_;
};

}  // namespace cpc
