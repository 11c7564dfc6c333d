//! Running other programs.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Says what is run, runs it with its output on the terminal, and fails when it fails.
///
/// # Errors
/// With the command to repeat.
pub fn run(command: &mut Command) -> Result<()> {
    let words = words(command);
    run_as(command, &words)
}

/// As [`run`], for a command that is better named in other words than its own.
///
/// # Errors
/// With these words.
pub fn run_as(command: &mut Command, words: &str) -> Result<()> {
    println!("\x1b[2m$ {words}\x1b[0m");
    let status = command.status().with_context(|| format!("`{words}` could not be started"))?;
    if !status.success() {
        bail!("`{words}` failed ({status})");
    }
    Ok(())
}

/// What the program writes to its output.
///
/// # Errors
/// With what it wrote to its error output.
pub fn output(command: &mut Command) -> Result<String> {
    let words = words(command);
    let output = command.output().with_context(|| format!("`{words}` could not be started"))?;
    if !output.status.success() {
        bail!("`{words}` failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The program's output whatever its exit code, or nothing where it can't be run or takes longer than `limit`.
pub fn output_within(command: &mut Command, limit: Duration) -> Option<String> {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut child = Ended(child);
    let mut stdout = child.0.stdout.take()?;
    // Read beside the waiting, or a full pipe would stop the program.
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut stdout, &mut text).map(|_| text)
    });
    let end = Instant::now() + limit;
    while child.0.try_wait().ok()?.is_none() {
        if Instant::now() > end {
            return None;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    reader.join().ok()?.ok()
}

/// True when the program ran and was content.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The command as a person would type it, with the folder where that isn't the top one.
pub fn words(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let program = program.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut words = vec![program];
    for argument in command.get_args().map(|argument| argument.to_string_lossy()) {
        let plain = !argument.is_empty() && !argument.contains([' ', '\'', '"', '$', '(', ';', '&']);
        words.push(if plain { argument.into_owned() } else { format!("'{argument}'") });
    }
    let words = words.join(" ");
    match command.get_current_dir().and_then(|folder| folder.file_name()) {
        Some(folder) if folder == "ui" => format!("cd ui && {words}"),
        _ => words,
    }
}

/// Where the program is, if it is on the PATH.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names =
        if cfg!(windows) { vec![format!("{program}.exe"), format!("{program}.cmd")] } else { vec![program.to_owned()] };
    std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)).collect::<Vec<_>>())
        .find(|file| file.is_file())
}

/// A program we started, which ends with this value: by its own process, never by name.
pub struct Ended(pub Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself, which is just as well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_can_be_typed_again() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["test", "-p", "two words"]).current_dir("/somewhere/ui");
        assert_eq!(words(&command), "cd ui && cargo test -p 'two words'");
    }

    #[cfg(unix)]
    #[test]
    fn a_slow_program_is_not_waited_for() {
        let start = Instant::now();
        assert_eq!(output_within(Command::new("sleep").arg("20"), Duration::from_millis(100)), None);
        assert!(start.elapsed() < Duration::from_secs(5));
        let quick = output_within(Command::new("echo").arg("here"), Duration::from_secs(5));
        assert_eq!(quick.as_deref(), Some("here\n"));
    }
}
