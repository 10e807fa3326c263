// Every operator new of a binary counts, and fails when it is told to. Include it in one source file of the binary:
// it defines the operators. All of them, so that a sanitizer never sees a pair of two makers.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace cpc::test {

inline constexpr long never = -1;
inline std::atomic<long> countdown{never};  ///< Allocations until one fails.
inline std::atomic<long> living{0};         ///< Allocated and not freed.
inline std::atomic<long> made{0};           ///< Allocated since the start.
inline std::atomic<long> bytes{0};          ///< Of those living.
inline std::atomic<long> most_bytes{0};     ///< The most that `bytes` came to; set it to measure anew.

/// Before each block stands its size: what is freed is counted too.
inline std::size_t room_before(std::size_t alignment) { return std::max(alignment, alignof(std::max_align_t)); }

inline void* counted(void* block, std::size_t size, std::size_t room) {
  if (!block) throw std::bad_alloc();
  void* memory = static_cast<char*>(block) + room;
  *reinterpret_cast<std::size_t*>(static_cast<char*>(memory) - sizeof(std::size_t)) = size;
  ++living, ++made;
  const long now = bytes += static_cast<long>(size);
  if (now > most_bytes) most_bytes = now;
  return memory;
}

inline void* allocate(std::size_t size) {
  if (countdown.load() != never && countdown.fetch_sub(1) == 0) throw std::bad_alloc();
  const std::size_t room = room_before(1);
  return counted(std::malloc(room + size), size, room);
}

inline void* allocate_quietly(std::size_t size) noexcept {
  try {
    return allocate(size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

inline void* allocate_aligned(std::size_t size, std::size_t alignment) {
  if (countdown.load() != never && countdown.fetch_sub(1) == 0) throw std::bad_alloc();
  const std::size_t room = room_before(alignment);
  return counted(std::aligned_alloc(room, (room + size + room - 1) / room * room), size, room);
}

inline void release(void* memory, std::size_t alignment = 1) noexcept {
  if (!memory) return;
  --living;
  bytes -= static_cast<long>(*reinterpret_cast<std::size_t*>(static_cast<char*>(memory) - sizeof(std::size_t)));
  std::free(static_cast<char*>(memory) - room_before(alignment));
}

}  // namespace cpc::test

void* operator new(std::size_t size) { return cpc::test::allocate(size); }
void* operator new[](std::size_t size) { return cpc::test::allocate(size); }
void* operator new(std::size_t size, std::align_val_t to) { return cpc::test::allocate_aligned(size, std::size_t(to)); }
void* operator new[](std::size_t size, std::align_val_t to) {
  return cpc::test::allocate_aligned(size, std::size_t(to));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return cpc::test::allocate_quietly(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return cpc::test::allocate_quietly(size); }
void operator delete(void* memory) noexcept { cpc::test::release(memory); }
void operator delete[](void* memory) noexcept { cpc::test::release(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { cpc::test::release(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { cpc::test::release(memory); }
void operator delete(void* memory, std::size_t) noexcept { cpc::test::release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { cpc::test::release(memory); }
void operator delete(void* memory, std::align_val_t to) noexcept { cpc::test::release(memory, std::size_t(to)); }
void operator delete[](void* memory, std::align_val_t to) noexcept { cpc::test::release(memory, std::size_t(to)); }
void operator delete(void* memory, std::size_t, std::align_val_t to) noexcept {
  cpc::test::release(memory, std::size_t(to));
}
void operator delete[](void* memory, std::size_t, std::align_val_t to) noexcept {
  cpc::test::release(memory, std::size_t(to));
}
