//! The contacts and employers that rows are compared with.

use super::in_file::InFile;
use super::person::Name;
use super::row::{EmployerName, ReadRow, address_keys};
use hashbrown::{DefaultHashBuilder, HashMap};
use liaison_domain::employer_name::employer_match_key;
use liaison_domain::name::email_key;
use liaison_domain::viewer::Standing;
use liaison_domain::{Id, Record, RecordKind, contact};
use liaison_queries::rows::RecordByRow;
use liaison_queries::{View, contacts, employers};
use liaison_store::StoreError;
use std::hash::BuildHasher as _;

/// Contacts that are looked at for one address.
const MOST_WITH_ADDRESS: usize = 20;

/// The contacts and employers a row is compared with: all of them, for an address is taken whoever has it. What is told of
/// them is decided by who imports.
pub struct Directory<'d> {
    view: View<'d>,
    contact: RecordByRow<'d>,
    hasher: DefaultHashBuilder,
    /// Hash of an address to the row number of the first contact that has it.
    holder: HashMap<u64, u32>,
    /// The same to further contacts that have it.
    further: HashMap<u64, Vec<u32>>,
    /// Hash of a former address to the row number of the contact that had it last.
    former: HashMap<u64, u32>,
    /// What names are matched by, to the employer.
    employers: HashMap<String, Id>,
}

/// The contact a row is about, as far as its address tells.
pub enum Found {
    /// Nobody has the address.
    Nobody,
    /// Somebody whom whoever imports may not see.
    Hidden,
    /// Several have it, and the name doesn't tell which is meant.
    Several,
    /// This contact.
    Contact {
        /// Its row number.
        n: i64,
        /// The contact as it is.
        current: Box<Record>,
    },
    /// This contact, whom a row before is about, too.
    Claimed {
        /// Its row number.
        n: i64,
        /// The row before.
        by: u32,
        /// The contact's name after that row.
        name: Name,
    },
}

impl<'d> Directory<'d> {
    /// With former addresses and nothing else, and the further addresses of all contacts.
    fn begin(view: &View<'d>) -> Result<(Directory<'d>, Vec<(u64, i64)>), StoreError> {
        let db = view.everything();
        let mut directory = Directory {
            view: *view,
            contact: RecordByRow::of_everything(db, RecordKind::Contact)?,
            hasher: DefaultHashBuilder::default(),
            holder: HashMap::new(),
            further: HashMap::new(),
            former: HashMap::new(),
            employers: HashMap::new(),
        };
        let mut aliases = Vec::new();
        contacts::each_alias(db, |n, address, is_former| {
            let hash = directory.hash(&email_key(address));
            if is_former {
                directory.former.insert(hash, n as u32);
            } else {
                aliases.push((hash, n));
            }
        })?;
        Ok((directory, aliases))
    }

    /// Reads what is needed of the directory: every address and every employer's name.
    pub fn read(view: &View<'d>) -> Result<Directory<'d>, StoreError> {
        let db = view.everything();
        let (mut directory, aliases) = Directory::begin(view)?;
        // Whoever has it as the first address comes first.
        contacts::each_address(db, |key, n| directory.hold(directory.hash(key), n))?;
        aliases.into_iter().for_each(|(hash, n)| directory.hold(hash, n));
        directory.employers = employers::by_match_key(db)?;
        for (name, id) in employers::merged(db, None)? {
            directory.employers.entry(employer_match_key(&name)).or_insert(id);
        }
        Ok(directory)
    }

    /// Reads only what these rows are compared with: for a page of a dry run, not for a whole file.
    pub fn read_for(view: &View<'d>, rows: &[ReadRow]) -> Result<Directory<'d>, StoreError> {
        let keys = rows.iter().map(|row| row.email_key.as_str());
        Directory::read_some(view, keys, rows.iter().filter_map(|row| row.employer.as_ref()))
    }

    /// Reads who has these addresses, by their keys, and the employers of these names.
    pub fn read_some<'k>(
        view: &View<'d>,
        keys: impl IntoIterator<Item = &'k str>,
        names: impl IntoIterator<Item = &'k EmployerName>,
    ) -> Result<Directory<'d>, StoreError> {
        let db = view.everything();
        let (mut directory, aliases) = Directory::begin(view)?;
        for key in keys {
            let hash = directory.hash(key);
            for n in contacts::first_with_address(db, key, MOST_WITH_ADDRESS as i64)? {
                directory.hold(hash, n);
            }
        }
        for name in names {
            let there = employers::matching(db, &name.name)?.into_iter().next();
            let merged = || Ok::<_, StoreError>(employers::merged(db, Some(&name.name))?.into_iter().next());
            let id = match there {
                Some(id) => Some(id),
                None => merged()?.map(|(_, id)| id),
            };
            directory.employers.extend(id.map(|id| (name.key.clone(), id)));
        }
        aliases.into_iter().for_each(|(hash, n)| directory.hold(hash, n));
        Ok(directory)
    }

    fn hash(&self, key: &str) -> u64 {
        self.hasher.hash_one(key)
    }

    fn hold(&mut self, hash: u64, n: i64) {
        let first = *self.holder.entry(hash).or_insert(n as u32);
        if i64::from(first) == n {
            return;
        }
        let further = self.further.entry(hash).or_default();
        if further.len() < MOST_WITH_ADDRESS && !further.contains(&(n as u32)) {
            further.push(n as u32);
        }
    }

    /// The employer whose name is matched by this key.
    pub fn employer(&self, key: &str) -> Option<Id> {
        self.employers.get(key).copied()
    }

    /// Takes note of an employer that was created.
    pub fn add_employer(&mut self, key: String, id: Id) {
        self.employers.insert(key, id);
    }

    /// How many addresses there are.
    pub fn len(&self) -> usize {
        self.holder.len()
    }

    /// Whether somebody may have the address of this key.
    pub fn may_have(&self, key: &str) -> bool {
        self.holder.contains_key(&self.hash(key))
    }

    /// Contacts that have or had one of these addresses, by row number.
    pub fn contacts_with<'k>(&self, keys: impl IntoIterator<Item = &'k String>) -> Vec<i64> {
        let mut found: Vec<i64> = Vec::new();
        for key in keys {
            let hash = self.hash(key);
            let further = self.further.get(&hash).map_or(&[][..], Vec::as_slice);
            let all = self.holder.get(&hash).into_iter().chain(further).chain(self.former.get(&hash));
            found.extend(all.map(|n| i64::from(*n)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The contact in this row, whoever may see it; `None` where there is none any more.
    pub fn contact(&mut self, n: i64) -> Result<Option<Record>, StoreError> {
        Ok(self.contact.read(n)?.filter(|record| !record.is_deleted()))
    }

    /// Whether whoever imports sees a contact.
    pub fn sees(&self, contact: &Record) -> bool {
        self.view.viewer().sees(&Standing::of(contact)).is_ok()
    }

    /// The contact that has an address as the first one or a further one. Of several, the one with the row's name.
    pub fn find(&mut self, key: &str, name: &Name, row: u32, in_file: &InFile) -> Result<Found, StoreError> {
        let hash = self.hash(key);
        let Some(first) = self.holder.get(&hash).copied().filter(|_| !key.is_empty()) else { return Ok(Found::Nobody) };
        let further = self.further.get(&hash).cloned().unwrap_or_default();
        let (mut found, mut hidden) = (Vec::new(), false);
        for n in [first].into_iter().chain(further).map(i64::from) {
            // What an earlier row made of the contact is known from the file: the dry run has not written it.
            if let Some((by, name)) = in_file.claimed(n, row) {
                found.push((name.clone(), Found::Claimed { n, by, name: name.clone() }));
                continue;
            }
            let Some(current) = self.contact(n)? else { continue };
            // Two addresses may share a hash; then this contact is somebody else.
            if !address_keys(&current).iter().any(|address| address == key) {
                continue;
            }
            if self.sees(&current) {
                found.push((Name::of(&current), Found::Contact { n, current: Box::new(current) }));
            } else {
                hidden = true;
            }
        }
        let same: Vec<usize> = (0..found.len()).filter(|at| found[*at].0.is_same(name)).collect();
        let all_others = found.iter().all(|(other, _)| other.is_other(name));
        Ok(match (found.len(), same.as_slice()) {
            (0, _) if hidden => Found::Hidden,
            (0, _) => Found::Nobody,
            (_, [only]) => found.swap_remove(*only).1,
            (1, _) if !hidden => found.swap_remove(0).1,
            (_, []) if all_others && !hidden => found.swap_remove(0).1,
            _ => Found::Several,
        })
    }

    /// The name of the contact who had this address before, where the row is about a person of the same name. Updating
    /// would put old values over newer ones, creating would make the person twice; another name is another person, who
    /// has the address now.
    pub fn had_before(
        &mut self,
        key: &str,
        name: &Name,
        row: u32,
        in_file: &InFile,
    ) -> Result<Option<String>, StoreError> {
        let Some(n) = self.former.get(&self.hash(key)).copied().map(i64::from) else { return Ok(None) };
        if let Some((_, had)) = in_file.claimed(n, row) {
            return Ok(had.is_same(name).then(|| had.shown()));
        }
        let Some(had) = self.contact(n)? else { return Ok(None) };
        let is_alias = contact::alias_keys(&had).iter().any(|alias| alias == key);
        let had_name = Name::of(&had);
        Ok((is_alias && self.sees(&had) && had_name.is_same(name)).then(|| had_name.shown()))
    }
}
