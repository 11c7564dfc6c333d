//! Looking at the screen, without asking the programs on it.

use crate::display::{HEIGHT, WIDTH};
use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::ops::Range;
use std::path::Path;
use std::time::{Duration, Instant};
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::damage::{ConnectionExt as _, Damage, ReportLevel};
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, ImageFormat, MOTION_NOTIFY_EVENT,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// Between two looks, at least: a picture has 4 MB, and taking it must not slow down what is measured.
const BETWEEN: Duration = Duration::from_millis(10);
/// Between two looks, at most, if the server has nothing new to tell.
const AT_LATEST: Duration = Duration::from_millis(100);

/// The screen.
pub struct Screen {
    connection: RustConnection,
    root: u32,
    damage: Damage,
}

impl Screen {
    /// Connects to a display.
    pub fn open(display: &str) -> Result<Screen> {
        let (connection, number) = RustConnection::connect(Some(display))?;
        let root = connection.setup().roots.get(number).context("the display has no screen")?.root;
        connection.damage_query_version(1, 1)?.reply()?;
        let damage = connection.generate_id()?;
        connection.damage_create(damage, root, ReportLevel::NON_EMPTY)?.check()?;
        Ok(Screen { connection, root, damage })
    }

    /// What is on the screen now.
    pub fn picture(&self) -> Result<Picture> {
        let image = self.connection.get_image(ImageFormat::Z_PIXMAP, self.root, 0, 0, WIDTH, HEIGHT, !0)?.reply()?;
        let pixels: Vec<u32> =
            image.data.chunks_exact(4).map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0])).collect();
        if pixels.len() != usize::from(WIDTH) * usize::from(HEIGHT) {
            bail!("the screen has {} pixels in another format than expected", pixels.len());
        }
        Ok(Picture { pixels })
    }

    /// Waits until the screen shows what `wanted` looks for; the moment it was seen, and the picture. `alive` may end
    /// the waiting with an error.
    pub fn wait(
        &self,
        limit: Duration,
        mut alive: impl FnMut() -> Result<()>,
        mut wanted: impl FnMut(&Picture) -> bool,
    ) -> Result<(Instant, Picture)> {
        let start = Instant::now();
        let mut looked: Option<Instant> = None;
        let mut changed = true;
        loop {
            while let Some(event) = self.connection.poll_for_event()? {
                changed |= matches!(event, Event::DamageNotify(_));
            }
            let since = looked.map_or(AT_LATEST, |at| at.elapsed());
            if since >= AT_LATEST || (changed && since >= BETWEEN) {
                changed = false;
                // Tell of the next change, too.
                self.connection.damage_subtract(self.damage, x11rb::NONE, x11rb::NONE)?;
                let picture = self.picture()?;
                let now = Instant::now();
                looked = Some(now);
                if wanted(&picture) {
                    return Ok((now, picture));
                }
                alive()?;
                if start.elapsed() > limit {
                    bail!("the screen did not show it within {} s", limit.as_secs());
                }
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Waits until the screen stays as it is for `still`; the moment from which it did, and the picture.
    pub fn settle(
        &self,
        limit: Duration,
        still: Duration,
        alive: impl FnMut() -> Result<()>,
    ) -> Result<(Instant, Picture)> {
        let mut last: Option<(Instant, Vec<u32>)> = None;
        let (_, picture) = self.wait(limit, alive, |picture| match &last {
            Some((since, pixels)) if *pixels == picture.pixels => since.elapsed() >= still,
            _ => {
                last = Some((Instant::now(), picture.pixels.clone()));
                false
            }
        })?;
        Ok((last.map_or_else(Instant::now, |(since, _)| since), picture))
    }

    /// Clicks with the first button of the mouse.
    pub fn click(&self, x: i16, y: i16) -> Result<()> {
        for (kind, button, x, y) in
            [(MOTION_NOTIFY_EVENT, 0, x, y), (BUTTON_PRESS_EVENT, 1, 0, 0), (BUTTON_RELEASE_EVENT, 1, 0, 0)]
        {
            self.connection.xtest_fake_input(kind, button, x11rb::CURRENT_TIME, self.root, x, y, 0)?.check()?;
        }
        Ok(())
    }
}

/// A picture of the screen; red, green and blue are the lower three bytes of a pixel.
pub struct Picture {
    pixels: Vec<u32>,
}

impl Picture {
    /// True where there is nothing but the background of the screen.
    pub fn is_empty(&self) -> bool {
        self.pixels.iter().all(|pixel| *pixel == self.pixels[0])
    }

    /// True once something was painted into the window: text and icons have many colours; a window that was mapped but
    /// has yet to be painted has one or two.
    pub fn has_content(&self) -> bool {
        let mut colours: Vec<u32> = Vec::with_capacity(8);
        let mut last = self.pixels[0];
        for pixel in &self.pixels {
            if *pixel != last {
                last = *pixel;
                if !colours.contains(pixel) {
                    colours.push(*pixel);
                    if colours.len() > 6 {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Where lines of text begin, one below the other in a part of the screen. What is painted in quiet colours, as
    /// rules and placeholders are, is no text.
    fn lines_of_text(&self, columns: Range<usize>, rows: Range<usize>) -> Vec<usize> {
        let (mut lines, mut within) = (Vec::new(), false);
        for y in rows {
            let line = &self.pixels[y * usize::from(WIDTH)..][columns.clone()];
            let mut counts: HashMap<u32, usize> = HashMap::new();
            for pixel in line {
                *counts.entry(*pixel).or_default() += 1;
            }
            let background = counts.iter().max_by_key(|(_, count)| **count).map_or(0, |(pixel, _)| brightness(*pixel));
            let ink = line.iter().filter(|pixel| brightness(**pixel).abs_diff(background) > 100).count();
            if ink > 3 && !within {
                lines.push(y);
            }
            within = ink > 3;
        }
        lines
    }

    /// True where a part of the screen has at least `count` lines of text at equal distances: the rows of a list.
    /// `columns` had better be those of one column.
    pub fn has_list(&self, columns: Range<usize>, rows: Range<usize>, count: usize) -> bool {
        let lines = self.lines_of_text(columns, rows);
        let mut gaps: Vec<usize> = lines.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_unstable();
        let Some(usual) = gaps.get(gaps.len() / 2) else { return false };
        // Letters reach up differently far.
        gaps.iter().filter(|gap| gap.abs_diff(*usual) <= 5).count() + 1 >= count
    }

    /// Writes the picture as PPM.
    pub fn write(&self, path: &Path) -> Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        write!(file, "P6\n{WIDTH} {HEIGHT}\n255\n")?;
        for pixel in &self.pixels {
            let [blue, green, red, _] = pixel.to_le_bytes();
            file.write_all(&[red, green, blue])?;
        }
        Ok(file.flush()?)
    }
}

fn brightness(pixel: u32) -> u32 {
    let [blue, green, red, _] = pixel.to_le_bytes().map(u32::from);
    (2 * red + 5 * green + blue) / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blank() -> Picture {
        Picture { pixels: vec![0x00ff_ffff; usize::from(WIDTH) * usize::from(HEIGHT)] }
    }

    #[test]
    fn a_window_that_is_not_painted_yet_has_no_content() {
        let mut picture = blank();
        assert!(picture.is_empty() && !picture.has_content());
        picture.pixels[..300_000].fill(0);
        assert!(!picture.is_empty() && !picture.has_content());
        for (at, pixel) in picture.pixels[500_000..500_020].iter_mut().enumerate() {
            *pixel = at as u32 * 0x0001_0101;
        }
        assert!(picture.has_content());
    }

    #[test]
    fn rows_at_equal_distances_are_a_list() {
        let width = usize::from(WIDTH);
        let list = |distance: &dyn Fn(usize) -> usize, colour: u32| {
            let (mut picture, mut top) = (blank(), 100);
            for row in 0..12 {
                for y in top..top + 10 {
                    for x in (300..400).step_by(3) {
                        picture.pixels[y * width + x] = colour;
                    }
                }
                picture.pixels[(top + 20) * width..(top + 21) * width].fill(0x00dd_dddd);
                top += distance(row);
            }
            picture
        };
        let has_list = |picture: &Picture| picture.has_list(250..500, 50..700, 10);
        assert!(has_list(&list(&|row| 36 + row % 2, 0)));
        assert!(!has_list(&list(&|_| 36, 0x00cc_cccc)), "placeholders are no rows");
        assert!(!has_list(&list(&|row| 24 + row * 7, 0)), "text is no list");
        assert!(!has_list(&blank()));
    }
}
