//! What Windows has to know of the program before it starts it.

use embed_manifest::manifest::Setting;
use embed_manifest::{embed_manifest, new_manifest};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_CFG_WINDOWS").is_some() {
        // Paths of more than 260 characters, where the computer allows them.
        let manifest = new_manifest("Liaison.CommandLine").long_path_aware(Setting::Enabled);
        embed_manifest(manifest).expect("the manifest can be written");
    }
}
