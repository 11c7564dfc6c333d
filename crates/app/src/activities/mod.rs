//! What happens with contacts and employers: notes, tasks, meetings, e-mails, events, interviews, listings, experiences.

mod arrivals;
mod calendar;
mod contact_timeline;
mod streams;
mod tasks;
mod timeline;
pub use arrivals::{activity_create, activity_edit};
pub use calendar::{meeting_calendar, meeting_save};
pub use contact_timeline::contact_timeline;
pub use tasks::{my_day, tasks_complete};
pub use timeline::{activity_counts, activity_list, participants_list};

pub use arrivals::NamedPerson;
pub use contact_timeline::{TimelineCount, TimelineEntry, TimelinePage, TimelineWhat};
pub use liaison_domain::timeline::TimelineKind;
pub use liaison_queries::participations::Participant;
pub use streams::ActivityTab;
pub use tasks::MyDay;
pub(crate) use timeline::counts;
pub use timeline::{Activity, ActivityCounts, ActivityOwner, ActivityPage};
