//! What happens with contacts and employers: notes, tasks, meetings, e-mails, events, interviews, listings, experiences.

mod arrivals;
mod calendar;
mod local_day;
mod streams;
mod tasks;
mod timeline;
pub use arrivals::{activity_create, activity_edit};
pub use calendar::{meeting_calendar, meeting_save};
pub(crate) use local_day::local_now;
pub use local_day::today;
pub use tasks::{my_day, tasks_complete};
pub use timeline::{activity_counts, activity_list, participants_list};

pub use arrivals::NamedPerson;
pub use liaison_queries::participations::Participant;
pub use streams::ActivityTab;
pub use tasks::MyDay;
pub(crate) use timeline::counts;
pub use timeline::{Activity, ActivityCounts, ActivityOwner, ActivityPage};
