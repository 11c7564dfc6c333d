//! The use cases of Liaison, shared by the desktop, the command line and the hub. No Tauri.
