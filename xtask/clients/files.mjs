// Files to upload, made here: a picture, a sound, a film, a text, themes.

import { deflateSync } from "node:zlib";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "masthead-clients-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Writes a file and answers its path: the clients upload what lies on the disk. */
export function file(name, bytes) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A PNG of one colour. */
export function png(width, height, rgb) {
  const row = Buffer.from([0, ...Array(width).fill(rgb).flat()]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type, data) => {
    const named = Buffer.concat([Buffer.from(type), data]);
    return Buffer.concat([u32be(data.length), named, u32be(crc32(named))]);
  };
  const pixels = deflateSync(Buffer.concat(Array(height).fill(row)));
  const chunks = [chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks]);
}

/** Silence: frames of MPEG 1, layer III, 128 kbit/s, 44.1 kHz. */
export function mp3() {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  return Buffer.concat(Array(8).fill(frame));
}

/** The boxes that a film begins with, and no film. */
export function mp4() {
  const box = (type, data) => Buffer.concat([u32be(data.length + 8), Buffer.from(type), data]);
  const brands = Buffer.from("isom\0\0\x02\0isomiso2mp41", "latin1");
  return Buffer.concat([box("ftyp", brands), box("free", Buffer.alloc(0)), box("mdat", Buffer.alloc(16))]);
}

/** A theme that marks its pages, and whatever else is named. */
export function theme(name, mark, others = {}) {
  const about = {
    name,
    version: "1.0.0",
    description: "A theme that a check installs",
    author: { name: "Masthead", email: "themes@masthead.example" },
    engines: { ghost: ">=5.0.0" },
    keywords: ["ghost-theme"],
    config: { posts_per_page: 5, card_assets: true },
  };
  const frame = `<!DOCTYPE html>
<html lang="{{@site.locale}}">
<head>
<meta charset="utf-8">
<title>{{meta_title}}</title>
<link rel="stylesheet" href="{{asset "screen.css"}}">
{{ghost_head}}
</head>
<body class="{{body_class}}" data-mark="${mark}">
{{{body}}}
{{ghost_foot}}
</body>
</html>
`;
  const list = `{{!< default}}
<main>{{#foreach posts}}<article class="{{post_class}}"><h2><a href="{{url}}">{{title}}</a></h2></article>{{/foreach}}</main>
{{pagination}}
`;
  const article = `{{!< default}}
{{#post}}<article class="{{post_class}}"><h1>{{title}}</h1>{{content}}</article>{{/post}}
`;
  const css = `body { font-family: var(--gh-font-body); }
h1, h2 { font-family: var(--gh-font-heading); }
.kg-width-wide { max-width: 80rem; }
.kg-width-full { max-width: none; }
`;
  const files = {
    "package.json": JSON.stringify(about, null, 2),
    "default.hbs": frame,
    "index.hbs": list,
    "post.hbs": article,
    "assets/screen.css": css,
    ...others,
  };
  return zip(files);
}

/** A ZIP archive of texts by name, stored as they are. */
export function zip(files) {
  const locals = [];
  const directory = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, data] = [Buffer.from(name), Buffer.from(text)];
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0); // the version that reads it
    about.writeUInt16LE(0x21, 8); // 1 January 1980
    about.writeUInt32LE(crc32(data), 10);
    about.writeUInt32LE(data.length, 14);
    about.writeUInt32LE(data.length, 18);
    about.writeUInt16LE(path.length, 22);
    locals.push(u32le(0x04034b50), about, path, data);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(0o100644 * 0x10000, 6); // a plain file
    end.writeUInt32LE(offset, 10);
    directory.push(u32le(0x02014b50), Buffer.from([20, 3]), about, end, path);
    offset += 30 + path.length + data.length;
  }
  const entries = Object.keys(files).length;
  const length = Buffer.concat(directory).length;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

function u32be(number) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}

function u32le(number) {
  return u32be(number).reverse();
}
