//! Which file takes names from which, and where that goes round in a circle.
//!
//! Files that take from each other can only be understood together; so can folders. A circle is looked for between
//! files, and between what stands side by side at every level, where a folder counts as one with all that is in it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The files of one crate, or of the interface, and the arrows between them.
#[derive(Default)]
pub struct Arrows {
    /// Where each file stands: the folders that lead to it, or the modules.
    places: BTreeMap<String, Vec<String>>,
    /// From, to, and the names that are taken.
    names: Graph,
}

type Graph = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

impl Arrows {
    /// A file and where it stands.
    pub fn place(&mut self, file: &str, place: &[String]) {
        self.places.insert(file.to_owned(), place.to_owned());
    }

    /// `from` takes `name` from `to`.
    pub fn add(&mut self, from: &str, to: &str, name: &str) {
        add(&mut self.names, from, to, name);
    }

    /// Every circle in words: between files first, then between folders whose files run in no circle of their own.
    pub fn circles(&self) -> Vec<String> {
        let between_files = groups(&self.names);
        let mut found: Vec<String> = between_files.iter().map(|group| told(&self.names, group)).collect();
        let depth = self.places.values().map(Vec::len).max().unwrap_or_default();
        for level in 0..depth {
            let folders = self.folders(level);
            for group in groups(&folders) {
                let is_told = between_files.iter().any(|files| {
                    let theirs: BTreeSet<String> = files.iter().filter_map(|file| self.folder(file, level)).collect();
                    theirs.intersection(&group).count() > 1
                });
                if !is_told {
                    found.push(told(&folders, &group));
                }
            }
        }
        found
    }

    /// The arrows between neighbours at one level: what stands side by side in the same folder.
    fn folders(&self, level: usize) -> Graph {
        let mut folders = Graph::new();
        for (from, targets) in &self.names {
            for (to, names) in targets {
                let beside =
                    self.places.get(from).zip(self.places.get(to)).is_some_and(|(from, to)| {
                        from.len() >= level && to.len() >= level && from[..level] == to[..level]
                    });
                if let (true, Some(from), Some(to)) = (beside, self.folder(from, level), self.folder(to, level))
                    && from != to
                {
                    names.iter().for_each(|name| add(&mut folders, &from, &to, name));
                }
            }
        }
        folders
    }

    /// The folder a file is in at this level. A file that stands above the level is a folder of its own there.
    fn folder(&self, file: &str, level: usize) -> Option<String> {
        let place = self.places.get(file)?;
        // One folder deeper, the file and its folder are the same.
        Some(match place.get(..=level) {
            Some(folder) if self.holds_more(folder) => format!("{}/", folder.join("/")),
            _ => file.to_owned(),
        })
    }

    fn holds_more(&self, folder: &[String]) -> bool {
        self.places.values().filter(|place| place.starts_with(folder)).count() > 1
    }
}

fn add(graph: &mut Graph, from: &str, to: &str, name: &str) {
    if from != to {
        graph.entry(from.to_owned()).or_default().entry(to.to_owned()).or_default().insert(name.to_owned());
    }
}

/// What can be reached from each, directly or not.
fn reach(graph: &Graph) -> BTreeMap<&str, BTreeSet<&str>> {
    let from = |start: &str| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![start.to_owned()]);
        while let Some(here) = open.pop() {
            for next in graph.get(&here).into_iter().flat_map(BTreeMap::keys) {
                if seen.insert(next.as_str()) {
                    open.push(next.clone());
                }
            }
        }
        seen
    };
    graph.keys().map(|start| (start.as_str(), from(start))).collect()
}

/// What is tied together: each group has those that reach one another.
fn groups(graph: &Graph) -> Vec<BTreeSet<String>> {
    let reach = reach(graph);
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    for (start, reached) in &reach {
        if !reached.contains(start) || found.iter().any(|group| group.contains(*start)) {
            continue;
        }
        let back = |other: &&&str| reach.get(**other).is_some_and(|theirs| theirs.contains(start));
        found.push(reached.iter().filter(back).map(|other| (*other).to_owned()).collect());
    }
    found
}

/// The shortest circle within a group: `a.rs → b.rs → a.rs (a.rs takes X from b.rs; b.rs takes Y from a.rs)`.
fn told(graph: &Graph, group: &BTreeSet<String>) -> String {
    let circles = group.iter().filter_map(|start| shortest(graph, group, start));
    let chain = circles.min_by_key(Vec::len).unwrap_or_default();
    let taken = chain.windows(2).map(|step| {
        let names: Vec<&str> = graph[&step[0]][&step[1]].iter().map(String::as_str).collect();
        format!("{} takes {} from {}", step[0], few(&names), step[1])
    });
    let taken = taken.collect::<Vec<_>>().join("; ");
    let more = match group.len() - (chain.len() - 1) {
        0 => String::new(),
        more => format!("; {more} more are tied to them"),
    };
    format!("{} ({taken}{more})", chain.join(" → "))
}

fn shortest(graph: &Graph, group: &BTreeSet<String>, start: &String) -> Option<Vec<String>> {
    let mut before: BTreeMap<&String, &String> = BTreeMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(here) = open.pop_front() {
        for next in graph.get(here)?.keys().filter(|next| group.contains(*next)) {
            if next == start {
                let mut chain = vec![start.clone(), here.clone()];
                while let Some(earlier) = chain.last().and_then(|last| before.get(last)) {
                    chain.push(String::clone(earlier));
                }
                chain.reverse();
                return Some(chain);
            }
            if !before.contains_key(next) {
                before.insert(next, here);
                open.push_back(next);
            }
        }
    }
    None
}

/// As many names as help to find the place.
fn few(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    match names.len().checked_sub(SHOWN) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{} and {more} more", names[..SHOWN].join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrows(files: &[&str], taken: &[(&str, &str, &str)]) -> Arrows {
        let mut arrows = Arrows::default();
        for file in files {
            let place: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
            arrows.place(file, &place);
        }
        taken.iter().for_each(|(from, to, name)| arrows.add(from, to, name));
        arrows
    }

    #[test]
    fn a_circle_is_told_with_what_ties_it() {
        let files = ["a.rs", "b.rs", "c.rs", "d.rs"];
        let straight = [("a.rs", "b.rs", "B"), ("b.rs", "c.rs", "C"), ("a.rs", "c.rs", "C"), ("a.rs", "a.rs", "A")];
        assert_eq!(arrows(&files, &straight).circles(), Vec::<String>::new());
        let two = arrows(&files, &[("a.rs", "b.rs", "B"), ("b.rs", "a.rs", "A"), ("b.rs", "a.rs", "Z")]).circles();
        assert_eq!(two, ["a.rs → b.rs → a.rs (a.rs takes B from b.rs; b.rs takes A, Z from a.rs)"]);
        let three = [("a.rs", "b.rs", "B"), ("b.rs", "c.rs", "C"), ("c.rs", "a.rs", "A"), ("d.rs", "a.rs", "A")];
        let told = arrows(&files, &three).circles();
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("a.rs → b.rs → c.rs → a.rs ("), "{}", told[0]);
    }

    #[test]
    fn what_hangs_on_a_circle_is_counted() {
        let taken = [("a.rs", "b.rs", "B"), ("b.rs", "a.rs", "A"), ("b.rs", "c.rs", "C"), ("c.rs", "a.rs", "A")];
        let told = arrows(&["a.rs", "b.rs", "c.rs"], &taken).circles();
        assert!(told[0].contains("; 1 more are tied to them"), "{}", told[0]);
    }

    #[test]
    fn folders_go_round_where_no_file_does() {
        let files = ["x/one.rs", "x/two.rs", "y/one.rs", "y/two.rs", "z.rs"];
        let taken = [("x/one.rs", "y/one.rs", "One"), ("y/two.rs", "x/two.rs", "Two"), ("z.rs", "x/one.rs", "One")];
        let told = arrows(&files, &taken).circles();
        assert_eq!(told, ["x/ → y/ → x/ (x/ takes One from y/; y/ takes Two from x/)"]);
    }

    #[test]
    fn a_folder_beside_a_file_of_the_same_folder() {
        let files = ["x/deep/one.rs", "x/deep/two.rs", "x/flat.rs"];
        let taken = [("x/deep/one.rs", "x/flat.rs", "Flat"), ("x/flat.rs", "x/deep/two.rs", "Two")];
        assert_eq!(arrows(&files, &taken).circles().len(), 1);
    }
}
