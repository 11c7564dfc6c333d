//! What must be on the system: found, installed where that is our business, named where it isn't.

use std::ffi::OsString;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// What something is needed for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Compiling the app.
    Build,
    /// Opening its window where there is no display.
    Window,
    /// Driving the window in tests.
    Drive,
    /// Sending mail in tests.
    Mail,
    /// A hub's PostgreSQL.
    Hub,
    /// Running tests as if it were another day.
    Clock,
    /// Measuring it against others.
    Bench,
    /// Compiling for Windows.
    Windows,
    /// Running programs of Windows.
    Wine,
    /// Compiling for macOS.
    MacOs,
    /// Making the installer of Windows.
    Installer,
    /// Trying packages in a root of their own.
    Trial,
}

/// How to see that something is there: by using it as it will be used. A program may be there without what it needs,
/// and a module in another Python than the one that runs.
enum Found {
    /// A program that answers these arguments without failing.
    Runs(&'static str, &'static [&'static str]),
    /// A library pkg-config knows, with its headers.
    Library(&'static str),
    /// A folder that only it makes.
    Folder(&'static str),
    /// A module of the Python that the tests start.
    PythonModule(&'static str),
    /// A font that has these letters (hexadecimal code points).
    Letters(&'static [&'static str]),
}

struct Package {
    debian: &'static str,
    found: Found,
    needs: &'static [Need],
    /// Completes "Liaison needs it for …".
    purpose: &'static str,
}

// Order matters: pkg-config comes before the libraries it finds.
const PACKAGES: [Package; 22] = [
    Package {
        debian: "build-essential",
        found: Found::Runs("cc", &["--version"]),
        needs: &[Need::Build],
        purpose: "compiling SQLite and linking",
    },
    Package {
        debian: "pkg-config",
        found: Found::Runs("pkg-config", &["--version"]),
        needs: &[Need::Build],
        purpose: "finding the libraries below",
    },
    Package {
        debian: "libwebkit2gtk-4.1-dev",
        found: Found::Library("webkit2gtk-4.1"),
        needs: &[Need::Build],
        purpose: "the window",
    },
    Package {
        debian: "libssl-dev",
        found: Found::Library("libcrypto"),
        needs: &[Need::Build],
        purpose: "the encryption of the database",
    },
    Package {
        debian: "libdbus-1-dev",
        found: Found::Library("dbus-1"),
        needs: &[Need::Build],
        purpose: "talking to the desktop",
    },
    Package {
        debian: "xvfb",
        found: Found::Runs("Xvfb", &["-help"]),
        needs: &[Need::Window, Need::Drive],
        purpose: "a window where there is no screen",
    },
    Package {
        debian: "dbus-daemon",
        found: Found::Runs("dbus-run-session", &["--", "true"]),
        needs: &[Need::Window, Need::Drive],
        purpose: "a desktop session for that window",
    },
    Package {
        debian: "imagemagick",
        found: Found::Runs("import", &["-version"]),
        needs: &[Need::Window],
        purpose: "a picture of that window",
    },
    Package {
        debian: "fonts-noto-core",
        found: Found::Letters(&["639", "5d0", "e01", "915", "985", "1230"]),
        needs: &[Need::Window, Need::Drive],
        purpose: "names in Arabic, Hebrew, Thai, and the scripts of India and Ethiopia",
    },
    Package {
        debian: "fonts-wqy-microhei",
        found: Found::Letters(&["6f22", "3042", "d55c"]),
        needs: &[Need::Window, Need::Drive],
        purpose: "Chinese, Japanese, and Korean names",
    },
    Package {
        debian: "webkit2gtk-driver",
        found: Found::Runs("WebKitWebDriver", &["--help"]),
        needs: &[Need::Drive],
        purpose: "driving the window in tests",
    },
    Package {
        debian: "python3-aiosmtpd",
        found: Found::PythonModule("aiosmtpd"),
        needs: &[Need::Mail],
        purpose: "a mail server to test against",
    },
    Package {
        debian: "openssl",
        found: Found::Runs("openssl", &["version"]),
        needs: &[Need::Mail],
        purpose: "a certificate for that server",
    },
    Package {
        debian: "postgresql",
        found: Found::Folder("/usr/lib/postgresql"),
        needs: &[Need::Hub],
        purpose: "the hub that several computers share",
    },
    Package {
        debian: "faketime",
        found: Found::Runs("faketime", &["-m", "-f", "+1d", "true"]),
        needs: &[Need::Clock],
        purpose: "running tests as if it were another day",
    },
    Package {
        debian: "sqlite3",
        found: Found::Runs("sqlite3", &["--version"]),
        needs: &[Need::Bench],
        purpose: "measuring against its shell",
    },
    Package {
        debian: "gcc-mingw-w64-x86-64-posix",
        found: Found::Runs("x86_64-w64-mingw32-gcc", &["--version"]),
        needs: &[Need::Windows],
        purpose: "compiling C and linking for Windows",
    },
    Package {
        debian: "wine64",
        found: Found::Folder("/usr/lib/wine"),
        needs: &[Need::Wine],
        purpose: "running the tests of Windows",
    },
    Package {
        debian: "python3-venv",
        found: Found::PythonModule("ensurepip"),
        needs: &[Need::MacOs],
        purpose: "a C compiler for macOS from Python's index",
    },
    Package {
        debian: "nsis",
        found: Found::Runs("makensis", &["-VERSION"]),
        needs: &[Need::Installer],
        purpose: "making the installer of Windows",
    },
    Package {
        debian: "debootstrap",
        found: Found::Runs("debootstrap", &["--version"]),
        needs: &[Need::Trial],
        purpose: "a Debian to try the package in",
    },
    Package {
        debian: "rpm",
        found: Found::Runs("rpm", &["--version"]),
        needs: &[Need::Trial],
        purpose: "trying the package of Fedora",
    },
];

/// The Python that the tests start: the system's own, which has the system's packages; another one on the PATH has not.
pub fn python() -> OsString {
    std::env::var_os("PYTHON").unwrap_or_else(|| "/usr/bin/python3".into())
}

impl Package {
    fn is_there(&self) -> bool {
        match self.found {
            Found::Runs(program, arguments) => process::succeeds(Command::new(program).args(arguments)),
            Found::Library(library) => process::succeeds(Command::new("pkg-config").args(["--exists", library])),
            Found::Folder(folder) => std::path::Path::new(folder).is_dir(),
            Found::PythonModule(module) => {
                process::succeeds(Command::new(python()).args(["-c", &format!("import {module}")]))
            }
            Found::Letters(letters) => letters.iter().all(|letter| {
                let asked = format!(":charset={letter}");
                process::output(Command::new("fc-list").args([&asked, "family"]))
                    .is_ok_and(|fonts| !fonts.trim().is_empty())
            }),
        }
    }
}

/// Installs whatever is missing for these needs on Debian and its relatives, and says what to install elsewhere.
///
/// # Errors
/// When something is missing and can't be installed from here.
pub fn install_missing(needs: &[Need]) -> Result<()> {
    match std::env::consts::OS {
        "linux" => {}
        "macos" if !process::succeeds(Command::new("xcode-select").arg("-p")) => {
            bail!("the compiler is missing. Install it with: xcode-select --install")
        }
        "windows" => {
            println!(
                "Needed on Windows: the workload \"Desktop development with C++\" of Visual Studio's build tools, \
                 Perl (for OpenSSL), and the WebView2 runtime, which Windows 11 has."
            );
            return Ok(());
        }
        // The web view of the others comes with the system.
        _ => return Ok(()),
    }
    let missing: Vec<&Package> = PACKAGES
        .iter()
        .filter(|package| package.needs.iter().any(|need| needs.contains(need)) && !package.is_there())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("This system lacks:");
    for package in &missing {
        println!("  {:24} {}", package.debian, package.purpose);
    }
    if process::on_path("apt-get").is_none() {
        bail!("{}", elsewhere());
    }
    let names: Vec<&str> = missing.iter().map(|package| package.debian).collect();
    let root = process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root && process::on_path("sudo").is_none() {
        bail!(
            "there is no sudo to install them with. As root: apt-get install --no-install-recommends {}",
            names.join(" ")
        );
    }
    if !root {
        println!(
            "They come from your system's own packages, which only root can install: sudo may ask for your password."
        );
    }
    let apt = |arguments: &[&str]| {
        let mut command = if root { Command::new("env") } else { Command::new("sudo") };
        if !root {
            command.arg("env");
        }
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(arguments);
        command
    };
    // Old lists may still name what we need, so a failed update (no network, a dead mirror) is not the end.
    if let Err(error) = process::run(&mut apt(&["update"])) {
        println!("{error:#}; trying with the package lists that are here");
    }
    let install = [&["install", "--yes", "--no-install-recommends"], names.as_slice()].concat();
    process::run(&mut apt(&install))?;
    let still: Vec<&str> = missing.iter().filter(|package| !package.is_there()).map(|package| package.debian).collect();
    if !still.is_empty() {
        bail!("installed, but still not found: {}", still.join(", "));
    }
    Ok(())
}

/// The same for the other families of Linux.
fn elsewhere() -> &'static str {
    "please install the counterparts of these packages:
  Fedora  sudo dnf install gcc pkgconf-pkg-config webkit2gtk4.1-devel openssl-devel dbus-devel \\
                           xorg-x11-server-Xvfb dbus-daemon ImageMagick webkitgtk4.1-driver python3-aiosmtpd openssl \\
                           sqlite postgresql-server google-noto-sans-fonts google-noto-sans-cjk-fonts
  Arch    sudo pacman -S --needed base-devel webkit2gtk-4.1 openssl dbus xorg-server-xvfb imagemagick \\
                                 python-aiosmtpd sqlite postgresql noto-fonts noto-fonts-cjk"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_used_is_missing() {
        let there = |found: Found| Package { debian: "", found, needs: &[], purpose: "" }.is_there();
        assert!(!there(Found::Runs("no-such-program-here", &[])));
        assert!(there(Found::Runs("cargo", &["--version"])));
        assert!(!there(Found::Runs("cargo", &["no-such-command-here"])), "it is there, but of no use");
        assert!(!there(Found::PythonModule("no_such_module_here")));
        assert!(!there(Found::Letters(&["10fffe"])), "no font has a letter that is none");
        if std::path::Path::new(&python()).is_file() {
            assert!(there(Found::PythonModule("json")));
        }
    }

    #[test]
    fn every_need_has_a_package() {
        for need in [
            Need::Build,
            Need::Window,
            Need::Drive,
            Need::Mail,
            Need::Hub,
            Need::Clock,
            Need::Bench,
            Need::Windows,
            Need::Wine,
            Need::MacOs,
            Need::Installer,
            Need::Trial,
        ] {
            assert!(PACKAGES.iter().any(|package| package.needs.contains(&need)));
        }
    }
}
