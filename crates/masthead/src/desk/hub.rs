//! What happens at the desk now, told to every open window: who is in which article, what was changed, whose sessions
//! ended.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use news::{Id, Staff};
use tokio::sync::broadcast;

/// Somebody counts as gone when nothing was heard for so long.
const GONE: Duration = Duration::from_secs(45);
/// Events that a slow window may lag behind before it is told to ask anew.
const LAG: usize = 256;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// Who is in an article has changed.
    Here(Id),
    /// An article was changed: its version at the desk, and by whom.
    Changed(Id, i64, String),
    /// Sessions of somebody ended.
    Ended(Id),
    /// The server stops.
    Closing,
}

/// The switchboard.
pub struct Hub {
    events: broadcast::Sender<Event>,
    here: Mutex<HashMap<Id, HashMap<Id, Presence>>>,
    /// Open lines by session.
    lines: Mutex<HashMap<String, usize>>,
}

struct Presence {
    name: String,
    heard: Instant,
}

impl Default for Hub {
    fn default() -> Hub {
        Hub { events: broadcast::channel(LAG).0, here: Mutex::default(), lines: Mutex::default() }
    }
}

impl Hub {
    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Opens a line of a session, if it has not too many.
    pub fn open_line(&self, session: &str, most: usize) -> bool {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let count = lines.entry(session.to_owned()).or_default();
        let may = *count < most;
        *count += usize::from(may);
        may
    }

    /// A line of a session is closed.
    pub fn close_line(&self, session: &str) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = lines.get_mut(session) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                lines.remove(session);
            }
        }
    }

    /// Somebody is in an article, or, with none, in no article any more.
    pub fn here(&self, staff: &Staff, article: Option<&Id>) {
        let mut changed = Vec::new();
        {
            let mut here = self.here.lock().unwrap_or_else(PoisonError::into_inner);
            for (other, people) in here.iter_mut() {
                let before = people.len();
                people.retain(|id, presence| {
                    presence.heard.elapsed() < GONE && (*id != staff.id || Some(other) == article)
                });
                if people.len() != before {
                    changed.push(other.clone());
                }
            }
            if let Some(article) = article {
                let presence = Presence { name: staff.name.clone(), heard: Instant::now() };
                if here.entry(article.clone()).or_default().insert(staff.id.clone(), presence).is_none() {
                    changed.push(article.clone());
                }
            }
            here.retain(|_, people| !people.is_empty());
        }
        changed.sort_unstable();
        changed.dedup();
        for article in changed {
            self.tell(Event::Here(article));
        }
    }

    /// Who is in an article: id and name, by name.
    pub fn people_in(&self, article: &Id) -> Vec<(Id, String)> {
        let here = self.here.lock().unwrap_or_else(PoisonError::into_inner);
        let people = here.get(article).into_iter().flatten();
        let mut people: Vec<(Id, String)> = people
            .filter(|(_, presence)| presence.heard.elapsed() < GONE)
            .map(|(id, presence)| (id.clone(), presence.name.clone()))
            .collect();
        people.sort_unstable_by(|one, other| one.1.cmp(&other.1));
        people
    }

    /// An article was changed.
    pub fn changed(&self, article: &Id, version: i64, by: &str) {
        self.tell(Event::Changed(article.clone(), version, by.to_owned()));
    }

    /// Sessions of somebody ended.
    pub fn ended(&self, staff: &Id) {
        self.tell(Event::Ended(staff.clone()));
    }

    /// The server stops.
    pub fn close(&self) {
        self.tell(Event::Closing);
    }

    fn tell(&self, event: Event) {
        let _ = self.events.send(event); // nobody may be listening
    }
}
