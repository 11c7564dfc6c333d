//! What happens with contacts and employers: notes, tasks, meetings, e-mails, events, interviews, listings, experiences.

mod arrivals;
mod calendar;
mod streams;
mod tasks;
mod timeline;

pub use arrivals::NamedPerson;
pub(crate) use arrivals::{contacts_by_alias, takes_part_already};
pub use streams::ActivityTab;
pub use tasks::MyDay;
pub(crate) use timeline::counts;
pub use timeline::{Activity, ActivityCounts, ActivityOwner, ActivityPage, Participant};
