// Every operator new of a binary counts, and fails when it is told to. Include it in one source file of the binary:
// it defines the operators. All of them, so that a sanitizer never sees a pair of two makers.
#pragma once
#include <atomic>
#include <cstdlib>
#include <new>

namespace cpc::test {

inline constexpr long never = -1;
inline std::atomic<long> countdown{never};  ///< Allocations until one fails.
inline std::atomic<long> living{0};         ///< Allocated and not freed.
inline std::atomic<long> made{0};           ///< Allocated since the start.

inline void* allocate(std::size_t size) {
  if (countdown.load() != never && countdown.fetch_sub(1) == 0) throw std::bad_alloc();
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (!memory) throw std::bad_alloc();
  ++living, ++made;
  return memory;
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
  void* memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (!memory) throw std::bad_alloc();
  ++living, ++made;
  return memory;
}

inline void release(void* memory) noexcept {
  if (memory) --living;
  std::free(memory);
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
void operator delete(void* memory, std::align_val_t) noexcept { cpc::test::release(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { cpc::test::release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { cpc::test::release(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { cpc::test::release(memory); }
