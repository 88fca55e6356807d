//! `masthead serve`.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::net::TcpListener as StdListener;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use clap::Args;
use rustix::fs::{FlockOperation, flock};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::{Outcome, open};
use crate::config::{Listen, Place, Serving};
use crate::pages::refill::refill;
use crate::{App, desk, jobs, routes, server, site};

/// Tells a new process that an old one waits for it: the old one's process id.
const TAKES_OVER: &str = "MASTHEAD_TAKES_OVER";
/// How long a new process waits for the old one to let go of the data folder.
const HANDOVER: Duration = Duration::from_secs(60);

/// Serve the magazine.
///
/// SIGTERM or Ctrl-C stops it: open requests are finished. SIGHUP puts a new
/// process in its place (a new version of the binary, or changed settings)
/// without refusing a connection: the listening socket is passed on.
#[derive(Args, Debug)]
pub struct Serve {
    #[command(flatten)]
    pub(super) place: Place,
    #[command(flatten)]
    serving: Serving,
}

impl Serve {
    /// Serves until it is told to stop.
    pub async fn run(self) -> Outcome {
        open::make_folder(&self.place.data)?;
        let predecessor = predecessor();
        let lock = match predecessor {
            Some(_) => None, // the old process holds it until we can answer
            None => Some(lock(&self.place.data)?),
        };
        let listener = listen(self.serving.listen)?;
        let app = open::open(&self.place, self.serving.page_memory, self.serving.trusted_proxy.clone()).await?;
        if self.serving.allow_private_fetch {
            app.fetch.allow_private();
        }
        let socket = listener.try_clone().context("the socket cannot be shared")?;
        listener.set_nonblocking(true).context("the socket cannot be used")?;
        let listener = TcpListener::from_std(listener).context("the socket cannot be used")?;
        let address = listener.local_addr().context("the socket has no address")?;
        let mut stop = Stop::new()?;

        warm(&app).await;
        let router = routes::router(app.clone());
        say!(
            "Masthead serves {} at http://{address}/ (public address {})",
            self.place.data.display(),
            self.place.url.as_str()
        );

        if let Some(path) = desk::first_link(&app).await.context("the staff cannot be read")? {
            say!("Nobody is on the staff yet. This link makes you the owner, once:\n\n  {}\n", app.url.with(&path));
        }

        let lead = app.clone();
        let data = self.place.data.clone();
        tokio::spawn(async move {
            match lead_with(lock, predecessor, &data).await {
                Ok(lock) => {
                    if predecessor.is_some() {
                        // What the old process published after our first look is in no page of ours.
                        refill(&lead, &[news::Place::Everything]).await;
                    }
                    jobs::start(&lead);
                    std::mem::forget(lock); // held until the process ends
                }
                Err(why) => tracing::error!("scheduled articles will not go out: {why:#}"),
            }
        });
        server::serve(app, listener, router, stop.wait(socket)).await;
        Ok(())
    }
}

/// Renders what readers ask for first, before the first of them comes.
async fn warm(app: &Arc<App>) {
    for path in ["/", "/rss/"] {
        let before = app.pages.generation();
        match site::render(app, path).await {
            Ok(answer) => site::keep(app, path, answer, before),
            Err(why) => tracing::error!("failed to render {path}: {why}"),
        }
    }
}

/// Waits for the lock of the data folder, ending the old process once we are ready.
async fn lead_with(lock_held: Option<File>, predecessor: Option<u32>, data: &Path) -> Result<File, anyhow::Error> {
    if let Some(lock) = lock_held {
        return Ok(lock);
    }
    let old = predecessor.and_then(|id| rustix::process::Pid::from_raw(id as i32));
    if let Some(old) = old {
        rustix::process::kill_process(old, rustix::process::Signal::TERM).context("the old process cannot be told")?;
    }
    let patience = std::time::Instant::now() + HANDOVER;
    loop {
        match lock(data) {
            Ok(lock) => return Ok(lock),
            Err(why) if std::time::Instant::now() > patience => return Err(why),
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// The process whose place this one takes, if it was started for that.
fn predecessor() -> Option<u32> {
    let id: u32 = std::env::var(TAKES_OVER).ok()?.parse().ok()?;
    // A grandchild would inherit the variable too; only the child of that process is meant.
    (std::os::unix::process::parent_id() == id).then_some(id)
}

/// Takes the lock of a data folder, which one serving process holds.
fn lock(data: &Path) -> Result<File, anyhow::Error> {
    let path = data.join("masthead.lock");
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path)
        .map_err(|why| anyhow!("{} cannot be opened: {why}", path.display()))?;
    if flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
        let mut holder = String::new();
        let _ = Read::take(&mut file, 32).read_to_string(&mut holder);
        bail!("{} is being served already, by process {}", data.display(), holder.trim());
    }
    let written = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
    written.with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(file)
}

fn listen(listen: Listen) -> Result<StdListener, anyhow::Error> {
    if predecessor().is_some() || listen == Listen::Inherited {
        let stdin: OwnedFd = std::io::stdin().as_fd().try_clone_to_owned().context("standard input is closed")?;
        let listener = StdListener::from(stdin);
        listener.local_addr().context("standard input is not a listening socket")?;
        return Ok(listener);
    }
    let Listen::Address(address) = listen else { bail!("there is no address to listen on") };
    StdListener::bind(address).map_err(|why| match why.kind() {
        std::io::ErrorKind::AddrInUse => {
            anyhow!("{address} is in use by another program; choose another with --listen")
        }
        std::io::ErrorKind::PermissionDenied => {
            anyhow!("{address}: ports below 1024 need a permission; choose another with --listen")
        }
        _ => anyhow!("{address} cannot be listened on: {why}"),
    })
}

/// The signals that end serving.
struct Stop {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    replace: tokio::signal::unix::Signal,
}

impl Stop {
    fn new() -> Result<Stop, anyhow::Error> {
        let listen = |kind| signal(kind).context("signals cannot be heard");
        Ok(Stop {
            terminate: listen(SignalKind::terminate())?,
            interrupt: listen(SignalKind::interrupt())?,
            replace: listen(SignalKind::hangup())?,
        })
    }

    /// Resolves when serving should end. A SIGHUP starts the successor, which
    /// sends SIGTERM once it answers; if it fails, this process goes on.
    async fn wait(&mut self, socket: StdListener) {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => return,
                _ = self.interrupt.recv() => return,
                _ = self.replace.recv() => match start_successor(&socket) {
                    Ok(id) => tracing::info!("process {id} is starting; it takes over when it can answer"),
                    Err(why) => tracing::error!("no successor could be started, so this process goes on: {why:#}"),
                },
            }
        }
    }
}

/// Starts this program again, as it was started, with the listening socket as its standard input.
fn start_successor(socket: &StdListener) -> Result<u32, anyhow::Error> {
    let program = std::env::args_os().next().ok_or_else(|| anyhow!("the program does not know its name"))?;
    let socket: OwnedFd = socket.try_clone()?.into();
    let mut child = Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(TAKES_OVER, std::process::id().to_string())
        .stdin(Stdio::from(socket))
        .spawn()?;
    let id = child.id();
    // When it takes over, this process is gone before it; an end that we see is a failure.
    std::thread::spawn(move || match child.wait() {
        Ok(status) => tracing::error!("the successor ended ({status}), so this process goes on"),
        Err(why) => tracing::error!("the successor is lost: {why}"),
    });
    Ok(id)
}
