//! Compound files (MS-CFB), in which old workbooks are kept: sectors, and which one follows which.

/// The number of two bytes at this place.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// The number of four bytes at this place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// From here on, numbers of sectors mean something else, such as the end.
const NO_SECTOR: u32 = 0xFFFF_FFFA;
const DIRECTORY_ENTRY: usize = 128;

/// A compound file: sectors, and which one follows which.
struct Sectors<'c> {
    content: &'c [u8],
    size: usize,
    next: Vec<u32>,
}

impl<'c> Sectors<'c> {
    /// Reads which sector follows which. Nothing where the table of it is longer than such a file can have, or isn't there.
    fn of(content: &'c [u8]) -> Option<Self> {
        let shift = u16_at(content, 30).filter(|shift| matches!(shift, 9 | 12))?;
        let mut sectors = Sectors { content, size: 1 << shift, next: Vec::new() };
        // Which sectors hold the table: the first 109 stand in the header, more of them in sectors of their own.
        let mut tables: Vec<u32> = (0..109).filter_map(|at| u32_at(content, 76 + 4 * at)).collect();
        let mut further = u32_at(content, 68)?;
        // No more of them than the file has sectors, or they go in circles.
        for _ in 0..=content.len() / sectors.size {
            if further >= NO_SECTOR {
                break;
            }
            let sector = sectors.sector(further)?;
            let last = (sector.len() / 4).saturating_sub(1);
            tables.extend((0..last).filter_map(|at| u32_at(sector, 4 * at)));
            further = u32_at(sector, 4 * last)?;
        }
        for id in tables.into_iter().filter(|id| *id < NO_SECTOR) {
            let sector = sectors.sector(id)?;
            sectors.next.extend(sector.chunks_exact(4).filter_map(|four| u32_at(four, 0)));
            if sectors.next.len() > content.len() {
                return None;
            }
        }
        Some(sectors)
    }

    fn sector(&self, id: u32) -> Option<&'c [u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(self.size)?;
        // The last one may be cut short.
        self.content.get(start..self.content.len().min(start + self.size))
    }

    /// What the sectors from here on hold, one after the other.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let (mut id, mut bytes) = (start, Vec::new());
        while id < NO_SECTOR {
            // A chain that is longer than the file goes in circles.
            if bytes.len() > self.content.len() {
                return None;
            }
            bytes.extend_from_slice(self.sector(id)?);
            id = *self.next.get(id as usize)?;
        }
        Some(bytes)
    }

    /// Whether the chain from here on comes to an end. What was learned of each sector on the way is kept, so that many
    /// chains cost no more than all sectors once.
    fn ends(&self, start: u32, seen: &mut [Seen]) -> bool {
        let (mut id, mut way) = (start, Vec::new());
        while let Some(&next) = self.next.get(id as usize) {
            match seen[id as usize] {
                Seen::OnTheWay => return false,
                Seen::Ends => break,
                Seen::Not => {}
            }
            seen[id as usize] = Seen::OnTheWay;
            way.push(id);
            id = next;
        }
        way.into_iter().for_each(|id| seen[id as usize] = Seen::Ends);
        true
    }
}

/// What is known of a sector.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    OnTheWay,
    Ends,
}

/// Whether each chain of the file comes to an end. The library follows them without asking, and takes memory for each
/// sector it comes by: one that leads back to itself would take all there is.
pub(super) fn ends(content: &[u8]) -> bool {
    let Some(sectors) = Sectors::of(content) else { return false };
    let (Some(directory), Some(small)) = (u32_at(content, 48), u32_at(content, 60)) else { return false };
    let mut seen = vec![Seen::Not; sectors.next.len()];
    if !(sectors.ends(directory, &mut seen) && sectors.ends(small, &mut seen)) {
        return false;
    }
    let Some(directory) = sectors.chain(directory) else { return false };
    let mut starts = directory.chunks_exact(DIRECTORY_ENTRY).filter_map(|entry| u32_at(entry, 116));
    starts.all(|start| sectors.ends(start, &mut seen))
}

/// The stream of a compound file that is the workbook.
pub(super) fn workbook_stream(content: &[u8]) -> Option<Vec<u8>> {
    let sectors = Sectors::of(content)?;
    let directory = sectors.chain(u32_at(content, 48)?)?;
    let root = directory.get(..DIRECTORY_ENTRY)?;
    let entry =
        directory.chunks_exact(DIRECTORY_ENTRY).find(|entry| matches!(name_of(entry).as_str(), "workbook" | "book"))?;
    let (start, size) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
    if size >= u32_at(content, 56)? as usize {
        let mut stream = sectors.chain(start)?;
        stream.truncate(size);
        return Some(stream);
    }
    // Small streams share a chain, in small sectors.
    let small = sectors.chain(u32_at(root, 116)?)?;
    let table = sectors.chain(u32_at(content, 60)?)?;
    let small_size = 1_usize << u16_at(content, 32).filter(|shift| *shift <= 9)?;
    let size = size.min(content.len());
    let (mut id, mut stream) = (start, Vec::new());
    while id < NO_SECTOR && stream.len() < size {
        let at = (id as usize).checked_mul(small_size)?;
        stream.extend_from_slice(small.get(at..at + small_size)?);
        id = u32_at(&table, (id as usize).checked_mul(4)?)?;
    }
    stream.truncate(size);
    Some(stream)
}

fn name_of(entry: &[u8]) -> String {
    let length = u16_at(entry, 64).map_or(0, usize::from).clamp(2, 64) - 2;
    let units: Vec<u16> = entry[..length].chunks_exact(2).filter_map(|two| u16_at(two, 0)).collect();
    String::from_utf16_lossy(&units).to_lowercase()
}
