//! The little HTTP/1.1 that measuring needs: GET over one kept connection, bytes as they came.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// No answer that we ask for is larger.
const BODY_LIMIT: usize = 64 << 20;
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection to a server on this machine.
pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
}

/// What it answered; the body is as sent, so it may be compressed.
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value, if it was sent; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Client {
    pub fn connect(address: SocketAddr) -> io::Result<Client> {
        let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Client { stream: BufReader::new(stream), host: address.to_string() })
    }

    /// Asks for a path, in the encoding named (`identity`, `gzip`, `br`), and reads the whole answer.
    pub fn get(&mut self, path: &str, encoding: &str) -> io::Result<Answer> {
        let host = &self.host;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: {encoding}\r\n\r\n");
        self.stream.get_mut().write_all(request.as_bytes())?;
        read_answer(&mut self.stream)
    }
}

fn read_answer(from: &mut impl BufRead) -> io::Result<Answer> {
    let status_line = read_line(from)?;
    let status = status_line.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| bad("no status line"))?;
    let mut headers = Vec::new();
    loop {
        let line = read_line(from)?;
        if line.is_empty() {
            break;
        }
        let (key, value) = line.split_once(':').ok_or_else(|| bad("a header without a colon"))?;
        headers.push((key.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut answer = Answer { status, headers, body: Vec::new() };
    if answer.header("transfer-encoding") == Some("chunked") {
        while read_chunk(from, &mut answer.body)? > 0 {}
    } else {
        let length = answer.header("content-length").unwrap_or("0");
        let length = length.parse().map_err(|_| bad("a content length that is no number"))?;
        read_exactly(from, length, &mut answer.body)?;
    }
    Ok(answer)
}

fn read_chunk(from: &mut impl BufRead, body: &mut Vec<u8>) -> io::Result<usize> {
    let line = read_line(from)?;
    let size = line.split(';').next().unwrap_or_default();
    let size = usize::from_str_radix(size.trim(), 16).map_err(|_| bad("a chunk without its size"))?;
    read_exactly(from, size, body)?;
    read_line(from)?;
    Ok(size)
}

fn read_exactly(from: &mut impl BufRead, length: usize, body: &mut Vec<u8>) -> io::Result<()> {
    if body.len().saturating_add(length) > BODY_LIMIT {
        return Err(bad("a body over the limit"));
    }
    let start = body.len();
    body.resize(start + length, 0);
    from.read_exact(&mut body[start..])
}

fn read_line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    from.take(64 << 10).read_line(&mut line)?;
    if !line.ends_with('\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the answer has {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body_of(answer: &str) -> String {
        let answer = read_answer(&mut answer.as_bytes()).unwrap();
        String::from_utf8(answer.body).unwrap()
    }

    #[test]
    fn a_body_of_stated_length_is_read() {
        assert_eq!(body_of("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npagemore"), "page");
    }

    #[test]
    fn a_chunked_body_is_joined() {
        let answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\npa\r\n2\r\nge\r\n0\r\n\r\n";
        assert_eq!(body_of(answer), "page");
    }

    #[test]
    fn a_cut_answer_is_an_error() {
        assert!(read_answer(&mut "HTTP/1.1 200 OK\r\nContent-Le".as_bytes()).is_err());
    }
}
