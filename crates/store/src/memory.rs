//! Giving memory back to the system.
#![allow(unsafe_code)]

/// Gives back what the C library's allocator keeps for later: after building the search index that is as much as the
/// index itself. Does nothing where the allocator is another.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        unsafe extern "C" {
            fn malloc_trim(pad: usize) -> i32;
        }
        // SAFETY: documented in malloc_trim(3); takes a number, touches free memory only, and may be called any time.
        unsafe { malloc_trim(0) };
    }
}
