//! The running magazine: what every handler and act is given.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use news::{Id, Settings};
use store::Store;
use store::media::Media;
use theme::Theme;
use tokio::sync::{Mutex, Notify, OwnedSemaphorePermit, Semaphore};

use crate::clock::Clock;
use crate::config::{Cidr, SiteUrl};
use crate::desk::Desk;
use crate::fetch::Fetch;
use crate::pages::Pages;
use crate::site::routing::Routing;
use crate::{Error, site};

/// One magazine, open.
pub struct App {
    /// The database.
    pub store: Store,
    /// Pictures and files.
    pub media: Media,
    /// Kept pages.
    pub pages: Arc<Pages>,
    /// The time.
    pub clock: Clock,
    /// The public address.
    pub url: SiteUrl,
    /// The data folder.
    pub data: PathBuf,
    /// Networks whose forwarded headers are believed.
    pub trusted: Vec<Cidr>,
    /// Names this process in the outbox.
    pub origin: String,
    /// Rings when something was scheduled.
    pub scheduled: Notify,
    /// What nearly every page shows.
    pub last_read: site::LastRead,
    /// Sizes of pictures.
    pub sizes: site::measured::Sizes,
    /// Pictures are resized by so many threads at a time.
    pub resizing: Semaphore,
    /// Readers search by so many at a time.
    pub searching: Arc<Semaphore>,
    /// Texts are read for quotations and faults by so many threads at a time.
    pub reading: Semaphore,
    /// Held while a setting is changed: all of them are one document.
    pub configuring: Mutex<()>,
    /// Held while a theme comes in: its folder is replaced by one at a time.
    pub installing: Mutex<()>,
    /// Held while the outbox is worked off.
    pub draining: Mutex<()>,
    /// The way to other hosts.
    pub fetch: Fetch,
    /// What readers did not find.
    pub misses: site::misses::Misses,
    /// Rings when somebody is to be told of something.
    pub telling: Notify,
    /// Who is at the desk, and who tries the door.
    pub desk: Desk,
    theme: RwLock<Arc<Theme>>,
    routing: RwLock<Arc<Routing>>,
    shows_changes: std::sync::atomic::AtomicU64,
}

impl App {
    /// Opens a magazine with the theme that its settings name. `page_memory` in bytes.
    pub async fn open(
        data: &Path,
        store: Store,
        url: SiteUrl,
        page_memory: usize,
        trusted: Vec<Cidr>,
    ) -> Result<Arc<App>, anyhow::Error> {
        let settings = store::setting::magazine(&store).await?.unwrap_or_default();
        // A theme that broke in its folder must not lock anybody out: readers get the built-in one, the log the reason.
        let theme = match site::themes::load(data, &settings.theme) {
            Ok(theme) => theme,
            Err(why) => {
                tracing::error!("{why}; the built-in theme is used instead");
                site::themes::embedded()?
            }
        };
        // Nor must a file of routes.
        let routing = Routing::load(data).unwrap_or_else(|why| {
            tracing::error!("{why}; the magazine is served without it");
            Routing::default()
        });
        Ok(Arc::new(App {
            media: Media::of(data),
            pages: Pages::new(page_memory),
            clock: Clock::default(),
            url,
            trusted,
            data: data.to_owned(),
            origin: new_id(Timestamp::now()).to_string(),
            scheduled: Notify::new(),
            last_read: site::LastRead::default(),
            sizes: site::measured::Sizes::default(),
            resizing: Semaphore::new(2),
            searching: Arc::new(Semaphore::new(2)),
            reading: Semaphore::new(readers()),
            configuring: Mutex::default(),
            installing: Mutex::default(),
            draining: Mutex::default(),
            fetch: Fetch::default(),
            misses: site::misses::Misses::default(),
            telling: Notify::new(),
            desk: Desk::default(),
            theme: RwLock::new(Arc::new(theme)),
            routing: RwLock::new(Arc::new(routing)),
            shows_changes: std::sync::atomic::AtomicU64::new(0),
            store,
        }))
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new id.
    pub fn new_id(&self) -> Id {
        new_id(self.now())
    }

    /// The theme in use.
    pub fn theme(&self) -> Arc<Theme> {
        self.theme.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The magazine's own routes and redirects.
    pub fn routing(&self) -> Arc<Routing> {
        self.routing.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads routes and redirects again; where one of the files is wrong, what was read before stays.
    pub fn reload_routing(&self) -> Result<(), anyhow::Error> {
        let routing = Routing::load(&self.data)?;
        *self.routing.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(routing);
        Ok(())
    }

    /// Loads the theme that the settings name now; a theme that does not load leaves the old one in use.
    pub async fn reload_theme(&self) -> Result<(), anyhow::Error> {
        let settings = self.settings().await?;
        let theme = site::themes::load(&self.data, &settings.theme)?;
        self.wear(theme);
        Ok(())
    }

    /// A turn at searching. It goes to the thread that works, which nobody stops when a client hangs up.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit, crate::Error> {
        Ok(self.searching.clone().acquire_owned().await.map_err(std::io::Error::other)?)
    }

    /// Draws pages in this theme from now on, in this process.
    pub fn wear(&self, theme: Theme) {
        *self.theme.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(theme);
    }

    /// Draws pages in the theme that was worn before, as it was.
    pub fn wear_again(&self, theme: Arc<Theme>) {
        *self.theme.write().unwrap_or_else(PoisonError::into_inner) = theme;
    }

    /// From now on pages load themselves anew when the theme changes: for those who make it.
    pub fn show_changes(&self) {
        self.shows_changes.store(1, std::sync::atomic::Ordering::Relaxed);
    }

    /// The theme changed.
    pub fn changed(&self) {
        self.shows_changes.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }

    /// How often the theme changed while pages show it; `None` where they do not.
    pub fn changes(&self) -> Option<u64> {
        Some(self.shows_changes.load(std::sync::atomic::Ordering::Relaxed)).filter(|changes| *changes > 0)
    }

    /// The magazine's settings, as they stand in the database.
    pub async fn settings(&self) -> Result<Settings, Error> {
        Ok(store::setting::magazine(&self.store).await?.unwrap_or_default())
    }
}

/// Half the cores, and one at least.
fn readers() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| (cores.get() / 2).max(1))
}

/// A new id made at this time.
pub fn new_id(now: Timestamp) -> Id {
    Id::made(now.as_second(), random())
}

/// Bytes from the system's random source.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // The system's source fails only where no program could make a key or an id.
    getrandom::fill(&mut bytes).expect("the system has no randomness");
    bytes
}

/// Random bytes in hexadecimal: `N` bytes, twice as many characters.
pub fn random_hex<const N: usize>() -> String {
    random::<N>().iter().map(|byte| format!("{byte:02x}")).collect()
}
