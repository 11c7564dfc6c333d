//! Arrows between the files of a crate: who names what another file declares.

use std::collections::BTreeSet;

use anyhow::Result;

use super::arrows::Arrows;
use super::modules::{self, Files, Module};
use super::names::Path;

/// Where programs and libraries begin. What they only declare or hand on ties nothing together.
const ROOTS: [&str; 2] = ["lib.rs", "main.rs"];

/// How often one name may stand for another; more would be names that stand for each other.
const DETOURS: usize = 16;

/// Every circle in a crate, in words.
///
/// # Errors
/// When a file can't be read as Rust.
pub fn circles(files: &Files) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for root in ROOTS.into_iter().filter(|root| files.contains_key(*root)) {
        found.extend(arrows(&modules::read(files, root)?).circles());
    }
    Ok(found)
}

fn arrows(modules: &[Module]) -> Arrows {
    let mut arrows = Arrows::default();
    // A module that is part of a file stands where its file does.
    for module in modules.iter().rev() {
        arrows.place(&module.file, &module.place);
    }
    for (number, module) in modules.iter().enumerate() {
        for path in &module.named {
            let mut found = BTreeSet::new();
            Crate { modules }.find(number, path, DETOURS, &mut found);
            for (file, name) in found {
                arrows.add(&module.file, &file, &name);
            }
        }
    }
    arrows
}

struct Crate<'a> {
    modules: &'a [Module],
}

impl Crate<'_> {
    /// The files that declare what a path names as it is read in a module. A path may name two things at once, a module
    /// and a function for example; one that names nothing of this crate has no file.
    fn find(&self, from: usize, path: &[String], detours: usize, found: &mut BTreeSet<(String, String)>) {
        let Some((first, rest)) = path.split_first() else { return };
        match first.as_str() {
            "crate" => self.within(0, rest, detours, found),
            "self" => self.within(from, rest, detours, found),
            "super" => {
                if let Some(parent) = self.modules[from].parent {
                    // `super::super` goes on from there.
                    let upwards = rest.first().is_some_and(|next| next == "super");
                    if upwards {
                        self.find(parent, rest, detours, found)
                    } else {
                        self.within(parent, rest, detours, found)
                    }
                }
            }
            _ => {
                self.known(from, path, detours, found);
            }
        }
    }

    /// What a path names that begins in a module. What can't be seen there, because a macro declares it, is the module's.
    fn within(&self, module: usize, path: &[String], detours: usize, found: &mut BTreeSet<(String, String)>) {
        if let Some(name) = path.first()
            && !self.known(module, path, detours, found)
            && module != 0
        {
            found.insert((self.modules[module].file.clone(), name.clone()));
        }
    }

    /// As `within`, but only what can be seen; whether that was anything.
    fn known(&self, number: usize, path: &[String], detours: usize, found: &mut BTreeSet<(String, String)>) -> bool {
        let Some(fewer) = detours.checked_sub(1) else { return false };
        let (module, Some((name, rest))) = (&self.modules[number], path.split_first()) else { return false };
        let mut seen = false;
        if let Some(child) = module.children.get(name) {
            if !rest.is_empty() {
                // A function of the same name has nothing within.
                self.within(*child, rest, fewer, found);
                return true;
            }
            // To name a module is to take nothing from it yet.
            seen = true;
        }
        if module.items.contains(name) {
            found.insert((module.file.clone(), name.clone()));
            return true;
        }
        for (_, target) in module.aliases.iter().filter(|(alias, target)| alias == name && !is_same(target, path)) {
            self.find(number, &[target.as_slice(), rest].concat(), fewer, found);
            seen = true;
        }
        if !seen {
            seen = module.globs.iter().any(|glob| self.in_glob(number, glob, path, fewer, found));
        }
        seen
    }

    fn in_glob(
        &self,
        from: usize,
        glob: &Path,
        path: &[String],
        detours: usize,
        found: &mut BTreeSet<(String, String)>,
    ) -> bool {
        self.module_named(from, glob).is_some_and(|module| module != from && self.known(module, path, detours, found))
    }

    /// The module a path leads to, if it leads to one of this crate.
    fn module_named(&self, from: usize, path: &[String]) -> Option<usize> {
        let mut here = from;
        for (index, name) in path.iter().enumerate() {
            here = match name.as_str() {
                "crate" => 0,
                "self" => here,
                "super" => self.modules[here].parent?,
                name if index == 0 || self.modules[here].children.contains_key(name) => {
                    *self.modules[here].children.get(name)?
                }
                _ => return None,
            };
        }
        Some(here)
    }
}

/// `use serde;` names what is outside by its own name.
fn is_same(target: &Path, path: &[String]) -> bool {
    target.first() == path.first() && target.len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let files: Files = files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
        circles(&files).expect("Rust")
    }

    const LIB: (&str, &str) = ("lib.rs", "mod a; mod b; pub use a::A; pub use b::*;");

    #[test]
    fn files_that_take_from_each_other() {
        let told = told(&[
            LIB,
            ("a.rs", "use crate::b::B; pub struct A(B);"),
            ("b.rs", "pub struct B; fn make() { crate::a::A::new(); }"),
        ]);
        assert_eq!(told, ["a.rs → b.rs → a.rs (a.rs takes B from b.rs; b.rs takes A from a.rs)"]);
    }

    #[test]
    fn names_that_the_crate_hands_on_are_found_where_they_are_declared() {
        let through_lib = [LIB, ("a.rs", "use crate::B; pub struct A(B);"), ("b.rs", "use crate::A; pub struct B(A);")];
        assert_eq!(told(&through_lib).len(), 1);
        let one_way = [LIB, ("a.rs", "use crate::B; pub struct A(B);"), ("b.rs", "pub struct B;")];
        assert_eq!(told(&one_way), Vec::<String>::new());
        // Through a module that was brought in, and through what is made by a macro.
        let through_module = [
            LIB,
            ("a.rs", "use crate::b; fields! { X } fn f() { b::g(); }"),
            ("b.rs", "use crate::a; fn h() { println!(\"{}\", a::X); } pub fn g() {}"),
        ];
        assert_eq!(told(&through_module), ["a.rs → b.rs → a.rs (a.rs takes g from b.rs; b.rs takes X from a.rs)"]);
    }

    #[test]
    fn a_function_of_the_name_of_its_module_is_not_taken_with_it() {
        let lib = ("lib.rs", "mod limits; mod read; pub use read::read;");
        let limits = ("limits.rs", "pub struct Limits; fn f(_: crate::read::Error) {}");
        let told = told(&[lib, limits, ("read.rs", "pub struct Error; pub fn read(_: crate::limits::Limits) {}")]);
        let ties = "limits.rs takes Error from read.rs; read.rs takes Limits from limits.rs";
        assert_eq!(told, [format!("limits.rs → read.rs → limits.rs ({ties})")]);
    }

    #[test]
    fn a_module_and_its_children() {
        let child = ("a/deep.rs", "use super::Base; pub struct Deep(Base);");
        let lib = ("lib.rs", "mod a;");
        let hands_on = [lib, ("a.rs", "mod deep; pub use deep::Deep; pub struct Base;"), child];
        assert_eq!(told(&hands_on), Vec::<String>::new(), "to hand on is not to use");
        let uses = [lib, ("a.rs", "mod deep; pub use deep::Deep; pub struct Base; fn f(_: Deep) {}"), child];
        assert_eq!(
            told(&uses),
            ["a.rs → a/deep.rs → a.rs (a.rs takes Deep from a/deep.rs; a/deep.rs takes Base from a.rs)"]
        );
        let private = [lib, ("a/mod.rs", "mod deep; use deep::Deep; pub struct Base;"), child];
        assert_eq!(told(&private).len(), 1);
        let restricted = ("a/deep.rs", "pub(super) struct Deep; pub(in crate::a) fn f() {}");
        assert_eq!(
            told(&[lib, ("a.rs", "mod deep; use deep::Deep; pub struct Base;"), restricted]),
            Vec::<String>::new()
        );
    }

    #[test]
    fn what_is_for_tests_ties_nothing() {
        let tests = "pub struct B; #[cfg(test)] mod tests { use crate::a::A; } #[cfg(all(test, unix))] use crate::a::A; \
                     #[cfg(test)] mod gone;";
        assert_eq!(told(&[LIB, ("a.rs", "use crate::b::B; pub struct A(B);"), ("b.rs", tests)]), Vec::<String>::new());
    }

    #[test]
    fn a_variable_of_the_name_of_a_function_is_no_use_of_it() {
        let parent = ("a.rs", "mod deep; pub use deep::copy; pub struct Base; fn f() { let copy = 1; drop(copy); }");
        let child = ("a/deep.rs", "use super::Base; pub fn copy(_: Base) {}");
        assert_eq!(told(&[("lib.rs", "mod a;"), parent, child]), Vec::<String>::new());
        let calls = ("a.rs", "mod deep; pub use deep::copy; pub struct Base; fn f() { assert!(copy(Base)); }");
        assert_eq!(told(&[("lib.rs", "mod a;"), calls, child]).len(), 1);
    }

    #[test]
    fn rooms_go_round_though_no_file_does() {
        let files = [
            ("main.rs", "mod a; mod b; fn main() { a::one::go(); }"),
            ("a.rs", "pub mod one; pub mod two;"),
            ("a/one.rs", "pub fn go() { crate::b::one::go(); }"),
            ("a/two.rs", "pub fn go() {}"),
            ("b.rs", "pub mod one; pub mod two;"),
            ("b/one.rs", "pub fn go() {}"),
            ("b/two.rs", "pub fn go() { super::super::a::two::go(); }"),
        ];
        assert_eq!(told(&files), ["a/ → b/ → a/ (a/ takes go from b/; b/ takes go from a/)"]);
    }

    #[test]
    fn what_the_beginning_declares_ties_those_it_calls() {
        let files = [
            ("main.rs", "mod a; struct Options; fn main() { a::run(); }"),
            ("a.rs", "use crate::Options; pub fn run() {}"),
        ];
        assert_eq!(told(&files).len(), 1);
    }
}
