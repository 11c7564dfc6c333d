//! Reads the commands off src-tauri/src/commands, so that no list of them is kept by hand: their registration, the
//! bindings and the permissions of the one window all come from here.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

const COMMANDS: &str = "src-tauri/src/commands";

fn main() {
    println!("cargo:rerun-if-changed={COMMANDS}");
    println!("cargo:rerun-if-changed=tauri.conf.json");
    let commands = commands();
    write_registration(&commands);
    write_capability(&commands);
    let names: Vec<&'static str> = commands.iter().map(|(_, name)| &*name.clone().leak()).collect();
    let manifest = tauri_build::AppManifest::new().commands(names.leak());
    let windows = tauri_build::WindowsAttributes::new().app_manifest(include_str!("windows/liaison.manifest"));
    let attributes = tauri_build::Attributes::new()
        .app_manifest(manifest)
        .windows_attributes(windows)
        .capabilities_path_pattern("./gen/liaison-capabilities/*");
    tauri_build::try_build(attributes).expect("tauri.conf.json and the capabilities fit together");
}

/// Every function below `#[tauri::command]`, with the module (file) it is in.
fn commands() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let entries = fs::read_dir(COMMANDS).expect("the commands' folder");
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    for file in files {
        let module = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let text = fs::read_to_string(&file).expect("a file of commands");
        let mut after_attribute = false;
        for line in text.lines().map(str::trim) {
            after_attribute |= line.starts_with("#[tauri::command");
            let function = line.strip_prefix("pub async fn ").or_else(|| line.strip_prefix("pub fn "));
            if let (true, Some(function)) = (after_attribute, function) {
                let name = function.split(['(', '<']).next().unwrap_or_default();
                found.push((module.clone(), name.to_owned()));
                after_attribute = false;
            }
        }
    }
    found
}

/// The macro that hands all commands to tauri-specta.
fn write_registration(commands: &[(String, String)]) {
    let mut text = String::from("tauri_specta::collect_commands![\n");
    for (module, name) in commands {
        writeln!(text, "    crate::commands::{module}::{name},").expect("writing to memory");
    }
    text.push_str("]\n");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("commands.rs"), text).expect("writing to OUT_DIR");
}

/// What the window may ask for: our commands, and to hear events. Nothing of the file system, the network, the shell, or
/// the window itself.
fn write_capability(commands: &[(String, String)]) {
    let mut allowed = vec!["core:event:allow-listen".to_owned(), "core:event:allow-unlisten".to_owned()];
    // There `window.print` asks the shell; elsewhere the web view prints by itself.
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "macos") {
        allowed.push("core:webview:allow-print".to_owned());
    }
    allowed.extend(commands.iter().map(|(_, name)| format!("allow-{}", name.replace('_', "-"))));
    let allowed: Vec<String> = allowed.iter().map(|permission| format!("\"{permission}\"")).collect();
    let text = format!("{{\"identifier\":\"main\",\"windows\":[\"main\"],\"permissions\":[{}]}}\n", allowed.join(","));
    let folder = Path::new("gen/liaison-capabilities");
    fs::create_dir_all(folder).expect("a folder for the capability");
    let file = folder.join("main.json");
    // Left alone where nothing changed, or every build would be a rebuild.
    if fs::read_to_string(&file).ok().as_deref() != Some(&text) {
        fs::write(file, text).expect("writing the capability");
    }
}
