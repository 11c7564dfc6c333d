//! What the organization has set on this computer.

use crate::output::{Failure, print_json, print_line, say};
use liaison_app::policy::{self, PolicyInfo};

/// Needs no database.
pub fn show(json: bool) -> Result<(), Failure> {
    let info = policy::current().info();
    if json {
        return print_json(&info);
    }
    if !policy::current().is_some() {
        say("Your organization has set nothing on this computer.");
    }
    for line in lines(&info) {
        print_line(&line)?;
    }
    for problem in &info.problems {
        say(&format!("The policy has a mistake: {problem}"));
    }
    Ok(())
}

/// A line for each setting, by its name in the policy.
fn lines(info: &PolicyInfo) -> Vec<String> {
    let off = |is_off: bool| is_off.then(|| "off".to_owned());
    let settings = [
        ("data_folder", info.data_folder.clone()),
        ("hub_address", info.hub_address.clone()),
        ("lock_after_minutes", info.lock_after_minutes.map(|minutes| minutes.to_string())),
        ("backup_folder", info.backup_folder.clone()),
        ("imports", off(info.imports_off)),
        ("updates", off(info.updates_off)),
    ];
    settings.into_iter().filter_map(|(name, value)| Some(format!("{name}\t{}", value?))).collect()
}
