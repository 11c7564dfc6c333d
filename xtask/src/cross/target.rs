//! The systems that Liaison is compiled for from Linux.

/// A system that Liaison is compiled for from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Windows on 64-bit Intel and AMD.
    Windows,
    /// macOS on Apple's own processors.
    MacOs,
}

impl System {
    /// Both.
    pub const ALL: [System; 2] = [System::Windows, System::MacOs];

    /// The one with this name.
    pub fn named(word: &str) -> Option<System> {
        System::ALL.into_iter().find(|system| system.word() == word)
    }

    /// The system as arguments name it.
    pub fn word(self) -> &'static str {
        match self {
            System::Windows => "windows",
            System::MacOs => "macos",
        }
    }

    /// The target as rustc names it. Windows by the GNU tools, which Linux has; releases are built with Microsoft's.
    pub fn target(self) -> &'static str {
        match self {
            System::Windows => "x86_64-pc-windows-gnu",
            System::MacOs => "aarch64-apple-darwin",
        }
    }
}
