//! Compression of kept pages, on one thread of its own: identity is served at
//! once, the smaller forms a moment later.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Page, Pages};

/// Pages that may wait; beyond that, pages stay uncompressed until they are rendered again.
const QUEUE: usize = 4096;
/// Brotli quality: 30 KB take some 4 ms at 8, for nearly the size of 11.
const BROTLI_QUALITY: i32 = 8;
/// Brotli window (log2 bytes): pages are small.
const BROTLI_WINDOW: i32 = 19;

type Work = (Arc<str>, Arc<Page>);

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Work>,
    closed: bool,
}

pub(super) struct Compressor {
    queue: Arc<(Mutex<Queue>, Condvar)>,
}

impl Compressor {
    /// Starts the thread; it ends when the pages are gone.
    pub(super) fn start(pages: Weak<Pages>) -> Compressor {
        let queue: Arc<(Mutex<Queue>, Condvar)> = Arc::default();
        let waiting = queue.clone();
        let spawned = std::thread::Builder::new().name("page compressor".into()).spawn(move || run(&waiting, &pages));
        if let Err(why) = spawned {
            tracing::warn!("pages stay uncompressed: {why}");
        }
        Compressor { queue }
    }

    pub(super) fn send(&self, path: Arc<str>, page: Arc<Page>) {
        let (queue, bell) = &*self.queue;
        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        if queue.waiting.len() < QUEUE {
            queue.waiting.push_back((path, page));
            bell.notify_one();
        }
    }
}

impl Drop for Compressor {
    fn drop(&mut self) {
        self.queue.0.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.queue.1.notify_all();
    }
}

fn run(queue: &(Mutex<Queue>, Condvar), pages: &Weak<Pages>) {
    loop {
        let (path, page) = {
            let mut queued = queue.0.lock().unwrap_or_else(PoisonError::into_inner);
            loop {
                if queued.closed {
                    return;
                }
                if let Some(work) = queued.waiting.pop_front() {
                    break work;
                }
                queued = queue.1.wait(queued).unwrap_or_else(PoisonError::into_inner);
            }
        };
        let compressed = page.with_compressed(gzip(page.body()), brotli(page.body()));
        let Some(pages) = pages.upgrade() else { return };
        pages.swap_compressed(&path, &page, compressed);
    }
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::new(7));
    let written = encoder.write_all(body).and_then(|()| encoder.finish());
    written.unwrap_or_else(|_| body.to_vec()) // as long as the page itself: not used
}

fn brotli(body: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: body.len(),
        ..Default::default()
    };
    let mut out = Vec::with_capacity(body.len() / 3);
    match brotli::BrotliCompress(&mut &body[..], &mut out, &params) {
        Ok(_) => out,
        Err(_) => body.to_vec(),
    }
}
