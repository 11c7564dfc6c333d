//! Who can be invited, and what is known of their invitations: what sending mail has to know of them.

mod clock;
mod delivered;
mod people;

pub(crate) use clock::{wall_clock, watch_clock};
pub(crate) use delivered::{came_back, went};
pub use people::LeftOutPeople;
pub(crate) use people::{LeftOut, People, name_of, no_longer};
