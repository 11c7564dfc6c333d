//! What the process keeps from others on the computer: no core dumps, and no passcode in what its children inherit.
//!
//! What can't be kept from them is in docs/decisions/secrets-in-memory.md.
#![allow(unsafe_code)]

use zeroize::Zeroizing;

/// Where scripts and kiosks put the passcode.
const PASSCODE: &str = "LIAISON_PASSCODE";

/// To be called first of all in a program, before it has a second thread: forbids core dumps, and takes the passcode out
/// of the environment, so that no process started from here inherits it. Gives that passcode, where there was one.
pub fn begin() -> Option<Zeroizing<String>> {
    #[cfg(unix)]
    {
        let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        // SAFETY: it reads the structure, which lives until it returns. Where it fails, the limit is as it was.
        unsafe { libc::setrlimit(libc::RLIMIT_CORE, &none) };
        // A program that cores are piped to is not bound by the limit. This also keeps other programs of the same
        // person from reading the memory.
        // SAFETY: it takes numbers only.
        #[cfg(target_os = "linux")]
        unsafe {
            libc::prctl(libc::PR_SET_DUMPABLE, 0, 0, 0, 0)
        };
    }
    // A file that may grow no further is an error like a full disk, not the end of the process.
    // SAFETY: nothing else handles this signal, and ignoring it calls nothing.
    #[cfg(unix)]
    unsafe {
        libc::signal(libc::SIGXFSZ, libc::SIG_IGN)
    };
    let passcode = std::env::var(PASSCODE).ok().map(Zeroizing::new);
    // SAFETY: there is no other thread yet that could read the environment.
    unsafe { std::env::remove_var(PASSCODE) };
    passcode.filter(|passcode| !passcode.is_empty())
}

/// Gives a passcode to a process that is started in the place of this one.
pub fn hand_on(command: &mut std::process::Command, passcode: Option<&str>) {
    if let Some(passcode) = passcode {
        command.env(PASSCODE, passcode);
    }
}
