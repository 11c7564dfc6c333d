//! The modules of a crate as its source says: what each declares, hands on and names.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use syn::visit::Visit;
use syn::{Item, UseTree, Visibility};

use super::names::{self, Names, Path, is_for_tests, word};

/// The files of a crate by their path below `src`, with `/` between folders.
pub type Files = BTreeMap<String, String>;

/// A module: a file, or a part of one.
pub struct Module {
    /// The file it is in.
    pub file: String,
    /// The modules that lead to it.
    pub place: Path,
    /// The module it is in.
    pub parent: Option<usize>,
    /// The modules in it.
    pub children: BTreeMap<String, usize>,
    /// What it declares itself.
    pub items: BTreeSet<String>,
    /// What it names after something elsewhere: `use path as name`.
    pub aliases: Vec<(String, Path)>,
    /// Modules of which it takes everything.
    pub globs: Vec<Path>,
    /// What its code names; what it only hands on (`pub use`) is not among them.
    pub named: BTreeSet<Path>,
}

/// All modules that are reached from `lib.rs` or `main.rs`.
///
/// # Errors
/// When a file can't be read as Rust.
pub fn read(files: &Files, root: &str) -> Result<Vec<Module>> {
    let mut modules = Vec::new();
    let text = files.get(root).with_context(|| format!("no {root}"))?;
    let parsed = parse(root, text)?;
    Reading { files, modules: &mut modules }.module(&parsed.items, root, Vec::new(), None)?;
    Ok(modules)
}

fn parse(name: &str, text: &str) -> Result<syn::File> {
    syn::parse_file(text).with_context(|| format!("{name} is no Rust"))
}

struct Reading<'a> {
    files: &'a Files,
    modules: &'a mut Vec<Module>,
}

impl Reading<'_> {
    fn module(&mut self, items: &[Item], file: &str, place: Path, parent: Option<usize>) -> Result<usize> {
        let number = self.modules.len();
        self.modules.push(Module {
            file: file.to_owned(),
            place,
            parent,
            children: BTreeMap::new(),
            items: BTreeSet::new(),
            aliases: Vec::new(),
            globs: Vec::new(),
            named: BTreeSet::new(),
        });
        let mut names = Names::default();
        for item in items.iter().filter(|item| !is_for_tests(names::attributes(item))) {
            match item {
                Item::Mod(module) => self.child(module, file, number)?,
                Item::Use(one) => {
                    let handed_on = !matches!(one.vis, Visibility::Inherited);
                    self.take(number, &one.tree, handed_on);
                }
                other => {
                    self.modules[number].items.extend(names::declared(other));
                    names.visit_item(other);
                }
            }
        }
        for tree in std::mem::take(&mut names.uses) {
            self.take(number, &tree, false);
        }
        self.modules[number].named.extend(names.paths());
        Ok(number)
    }

    fn child(&mut self, module: &syn::ItemMod, file: &str, parent: usize) -> Result<()> {
        let name = word(&module.ident);
        let mut place = self.modules[parent].place.clone();
        place.push(name.clone());
        let child = if let Some((_, items)) = &module.content {
            self.module(items, file, place, Some(parent))?
        } else {
            let path = place.join("/");
            let candidates = [format!("{path}.rs"), format!("{path}/mod.rs")];
            let found = candidates.iter().find_map(|file| self.files.get_key_value(file));
            let (file, text) = found.with_context(|| format!("{file} names a module {name} that is in no file"))?;
            let parsed = parse(file, text)?;
            self.module(&parsed.items, file, place, Some(parent))?
        };
        self.modules[parent].children.insert(name, child);
        Ok(())
    }

    /// What a `use` names. Where it only hands on, nothing is used: whoever names it does that.
    fn take(&mut self, module: usize, tree: &UseTree, handed_on: bool) {
        let mut leaves = Vec::new();
        flatten(tree, &mut Vec::new(), &mut leaves);
        let module = &mut self.modules[module];
        for (path, name) in leaves {
            if !handed_on {
                module.named.insert(path.clone());
            }
            match name {
                Some(name) => module.aliases.push((name, path)),
                None => module.globs.push(path),
            }
        }
    }
}

/// The paths of a `use` and the name each gets here; no name for all of them (`*`).
fn flatten(tree: &UseTree, before: &mut Path, leaves: &mut Vec<(Path, Option<String>)>) {
    let end = |before: &Path, last: String| [before.as_slice(), &[last]].concat();
    match tree {
        UseTree::Path(path) => {
            before.push(word(&path.ident));
            flatten(&path.tree, before, leaves);
            before.pop();
        }
        UseTree::Name(name) if name.ident == "self" => leaves.push((before.clone(), before.last().cloned())),
        UseTree::Name(name) => leaves.push((end(before, word(&name.ident)), Some(word(&name.ident)))),
        UseTree::Rename(rename) if rename.ident == "self" => leaves.push((before.clone(), Some(word(&rename.rename)))),
        UseTree::Rename(rename) => leaves.push((end(before, word(&rename.ident)), Some(word(&rename.rename)))),
        UseTree::Glob(_) => leaves.push((before.clone(), None)),
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, leaves)),
    }
}
