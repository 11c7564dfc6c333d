//! Files are named in dialogs of the system; the page gets tokens and can name none itself.

use crate::desk::{go, journey_with, list_is_read};
use anyhow::{Context, Result, ensure};
use liaison_journeys::harness::{Start, Window};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Answers to the dialogs of a window, one after the other.
pub struct Answers(tempfile::TempDir);

impl Answers {
    pub fn new() -> Result<Answers> {
        let answers = Answers(tempfile::tempdir()?);
        answers.set(&[])?;
        Ok(answers)
    }

    /// A folder for what they name.
    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("answers")
    }

    /// What the next dialogs are answered with; an empty path is "Cancel".
    pub fn set(&self, paths: &[&Path]) -> Result<()> {
        let lines: String = paths.iter().map(|path| format!("{}\n", path.display())).collect();
        Ok(std::fs::write(self.file(), lines)?)
    }

    /// A start whose dialogs are answered so.
    pub fn start(&self) -> Start {
        let file = self.file().display().to_string();
        Start { environment: vec![("LIAISON_DIALOG_ANSWERS".to_owned(), file)], ..Start::default() }
    }
}

/// What a command answers, as the page asks it.
async fn invoke(window: &Window, command: &str, arguments: Value) -> Result<Value> {
    let ask = "const [command, args, done] = arguments; \
         if ('progress' in args) args.progress = '__CHANNEL__:' + window.__TAURI_INTERNALS__.transformCallback(() => {}); \
         window.__TAURI_INTERNALS__.invoke(command, args).then(answer => done({ ok: answer }), error => done({ error }))";
    Ok(window.client()?.execute_async(ask, vec![json!(command), arguments]).await?)
}

fn export(file: &str) -> Value {
    let selection = json!({ "by": "ids", "ids": [] });
    json!({ "input": { "kind": "contact", "selection": selection, "format": "csv", "columns": [] },
        "file": file, "progress": null })
}

#[test]
fn a_list_is_exported_to_the_place_the_dialog_gives() -> Result<()> {
    let answers = Answers::new()?;
    let out = answers.0.path().join("everybody.csv");
    journey_with("export_to_a_place", answers.start(), 20, async |window| {
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        list_is_read(window).await?;
        answers.set(&[&out])?;
        window.press("Control+e").await?;
        window.click("button", "Choose where to save…").await?;
        window.wait_for_text("everybody.csv").await?;
        let lines = std::fs::read_to_string(&out)?.lines().count();
        ensure!(lines > 1, "the file has a row for each contact, not {lines} lines");
        // What would open the system's dialog only counts here.
        window.script("window.print = () => { window.printed = (window.printed ?? 0) + 1 }", Vec::new()).await?;
        window.press("Control+p").await?;
        window.find("button", "Back to list").await?;
        window.press("Control+p").await?;
        window.wait_until("it is printed", "return window.printed === 1", Vec::new()).await?;
        go(window, "h", "History").await?;
        window.wait_for_text("contacts to everybody.csv").await?;
        window.wait_for_text("Dana Reyes printed").await
    })
}

#[test]
fn the_page_names_no_file_itself_and_a_token_is_good_once() -> Result<()> {
    let answers = Answers::new()?;
    let (list, out) = (answers.0.path().join("list.csv"), answers.0.path().join("out.csv"));
    std::fs::write(&list, "First name,Last name,E-mail\nAnn,Lee,ann@x.example\n")?;
    journey_with("tokens", answers.start(), 5, async |window| {
        go(window, "c", "Contacts").await?;
        let key = window.data().join("key.json");
        let before = std::fs::read(&key)?;
        for path in [&list, &key, &PathBuf::from("/etc/hostname")] {
            let path = path.display().to_string();
            let read = json!({ "kind": "contact", "file": path, "progress": null });
            let answer = invoke(window, "import_open", read).await?;
            ensure!(answer["error"]["code"] == "not_found", "import_open of {path}: {answer}");
            let answer = invoke(window, "export_write", export(&path)).await?;
            ensure!(answer["error"]["code"] == "not_found", "export_write to {path}: {answer}");
        }

        answers.set(&[&list])?;
        let named = invoke(window, "import_choose", json!({})).await?;
        let token = named["ok"]["token"].as_str().with_context(|| format!("a token in {named}"))?.to_owned();
        ensure!(named["ok"]["name"] == "list.csv" && !named.to_string().contains("tmp"), "no path: {named}");
        let read = json!({ "kind": "contact", "file": token, "progress": null });
        let wrote = invoke(window, "export_write", export(&token)).await?;
        ensure!(wrote["error"]["code"] == "not_found", "a file to read is not written: {wrote}");
        let opened = invoke(window, "import_open", read.clone()).await?;
        ensure!(opened["ok"]["rows"] == 1, "{opened}");
        let again = invoke(window, "import_open", read).await?;
        ensure!(again["error"]["code"] == "not_found", "once: {again}");
        // As rows of another kind without another token.
        let session = &opened["ok"]["session"];
        let other = json!({ "session": session, "kind": "note", "options": {}, "progress": null });
        let other = invoke(window, "import_open_again", other).await?;
        ensure!(other["ok"]["kind"] == "note", "{other}");

        // Even the dialog doesn't lead into the folder of the desk.
        answers.set(&[&key, &key])?;
        let named = invoke(window, "import_choose", json!({})).await?;
        let read = json!({ "kind": "contact", "file": named["ok"]["token"], "progress": null });
        let refused = invoke(window, "import_open", read).await?;
        ensure!(refused["error"]["problem"] == "own_folder", "{refused}");
        let named = invoke(window, "export_choose", json!({ "format": "csv", "name": "a" })).await?;
        let token = named["ok"]["token"].as_str().context("a token")?;
        let refused = invoke(window, "export_write", export(token)).await?;
        ensure!(refused["error"]["problem"] == "own_folder", "{refused}");
        ensure!(std::fs::read(&key)? == before, "key.json was changed");

        // Who locks the desk takes their files along.
        answers.set(&[&out])?;
        let named = invoke(window, "export_choose", json!({ "format": "csv", "name": "a" })).await?;
        let token = named["ok"]["token"].as_str().context("a token")?;
        invoke(window, "lock", json!({})).await?;
        let locked = invoke(window, "export_write", export(token)).await?;
        ensure!(locked["error"]["code"] == "locked", "{locked}");
        let locked = invoke(window, "import_choose", json!({})).await?;
        ensure!(locked["error"]["code"] == "locked", "{locked}");
        invoke(window, "unlock", json!({ "passcode": crate::desk::PASSCODE })).await?;
        let gone = invoke(window, "export_write", export(token)).await?;
        ensure!(gone["error"]["code"] == "not_found", "{gone}");
        ensure!(!out.exists(), "nothing was written");
        Ok(())
    })
}
