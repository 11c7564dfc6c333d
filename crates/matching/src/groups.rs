//! Groups of records that mean one person.

use crate::model::Model;
use crate::order::Order;
use crate::score::Scorer;
use crate::work::{Cancelled, Watch};
use hashbrown::{HashMap, HashSet};

/// Two rows and the weight of what speaks for their being one, in bits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub a: u32,
    pub b: u32,
    pub weight: f64,
}

/// When two groups meet, at most this many pairs across are looked at.
const LOOKS: usize = 400;

/// Joins linked rows, the best links first. Two groups whose members speak against each other are not joined, however
/// good the link between two of them: otherwise one wrong link would make one person of two well-known ones.
pub(crate) fn group(
    scorer: &Scorer<'_>,
    model: &Model,
    order: &Order,
    links: &[Link],
    different: &HashSet<(u32, u32)>,
    watch: &Watch<'_>,
) -> Result<Vec<Vec<u32>>, Cancelled> {
    let mut home: Vec<u32> = (0..order.rows().len() as u32).collect();
    let mut members: HashMap<u32, Vec<u32>> = HashMap::new();
    for link in links {
        watch.go_on()?;
        let (a, b) = (home[link.a as usize], home[link.b as usize]);
        if a == b {
            continue;
        }
        let of = |row: u32| members.get(&row).cloned().unwrap_or_else(|| vec![row]);
        let (mine, theirs) = (of(a), of(b));
        if !may_join(scorer, model, order, &mine, &theirs, different) {
            continue;
        }
        let (keep, gone, mut all, more) =
            if mine.len() >= theirs.len() { (a, b, mine, theirs) } else { (b, a, theirs, mine) };
        more.iter().for_each(|row| home[*row as usize] = keep);
        all.extend(more);
        members.remove(&gone);
        members.insert(keep, all);
    }
    let mut groups: Vec<Vec<u32>> = members.into_values().collect();
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_unstable();
    Ok(groups)
}

fn may_join(
    scorer: &Scorer<'_>,
    model: &Model,
    order: &Order,
    mine: &[u32],
    theirs: &[u32],
    different: &HashSet<(u32, u32)>,
) -> bool {
    let across = || mine.iter().flat_map(|a| theirs.iter().map(move |b| (*a.min(b), *a.max(b))));
    if !different.is_empty() && across().any(|pair| different.contains(&pair)) {
        return false;
    }
    if mine.len() == 1 && theirs.len() == 1 {
        return true;
    }
    across().take(LOOKS).all(|(a, b)| {
        let (a, b) = order.pair(a, b);
        let found = scorer.agreement(a, b);
        scorer.weigh(model, &found).total >= 0.0
    })
}
