//! Prepares the empty window; the measuring program itself needs nothing of this.

fn main() {
    println!("cargo:rerun-if-changed=empty-window");
    let attributes = tauri_build::Attributes::new().config_path("empty-window/tauri.conf.json");
    tauri_build::try_build(attributes).expect("empty-window/tauri.conf.json is a configuration");
}
