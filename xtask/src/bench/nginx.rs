//! nginx at its best: files opened once, compressed copies ready, no log.

use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;

use crate::process::{self, Background};
use crate::server;

/// A running nginx that serves the files of one folder.
pub struct Nginx {
    process: Background,
    pub address: SocketAddr,
    files: PathBuf,
}

impl Nginx {
    /// Starts it with an empty folder of files below `folder`.
    pub fn start(program: &Path, folder: &Path) -> Result<Nginx> {
        server::clear(folder)?;
        let files = folder.join("files");
        fs::create_dir_all(&files)?;
        let address = SocketAddr::from(([127, 0, 0, 1], process::free_port()?));
        let settings = folder.join("nginx.conf");
        fs::write(&settings, configuration(address, folder))?;
        let mut command = process::ending_with_us(program);
        command.arg("-p").arg(folder).arg("-c").arg(&settings).args(["-e", "stderr"]);
        let mut process = Background::start(command, "nginx", &folder.join("nginx.log"))?;
        process.wait_until(Duration::from_secs(30), || TcpStream::connect(address).is_ok())?;
        Ok(Nginx { process, address, files })
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Puts a file where nginx serves it, and its gzip copy beside it.
    pub fn put(&self, name: &str, body: &[u8], gzip: Option<&[u8]>) -> Result<()> {
        fs::write(self.files.join(name), body)?;
        if let Some(gzip) = gzip {
            fs::write(self.files.join(format!("{name}.gz")), gzip)?;
        }
        Ok(())
    }
}

fn configuration(address: SocketAddr, folder: &Path) -> String {
    // Workers of root's nginx would be another user, who may not enter the folder.
    let user = if process::is_root() { "user root;" } else { "" };
    let folder = folder.display();
    format!(
        "{user}
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
events {{ worker_connections 1024; multi_accept on; }}
http {{
  types {{ text/html html; application/rss+xml xml; }}
  charset utf-8;
  access_log off;
  sendfile on;
  tcp_nopush on;
  tcp_nodelay on;
  keepalive_timeout 300;
  keepalive_requests 100000000;
  open_file_cache max=1000 inactive=1h;
  open_file_cache_valid 1h;
  gzip_static on;
  gzip_vary on;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen {address} reuseport backlog=1024; root {folder}/files; }}
}}
"
    )
}
