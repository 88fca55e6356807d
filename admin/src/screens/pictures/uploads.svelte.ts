// Pictures on their way to the server. `fetch` cannot say how far an upload has come, an XMLHttpRequest can.

import { Refused, refusalIn } from "../../api/client";
import type { Picture } from "../../api/types";
import { t } from "../../words";

export interface Upload {
  number: number;
  name: string;
  /** 0 to 1. */
  sent: number;
  fault: string | null;
}

let count = 0;

export class Uploads {
  items = $state<Upload[]>([]);

  /** Sends files one after the other; each that has arrived is handed over. */
  async send(files: Iterable<File>, arrived: (picture: Picture) => void) {
    const pictures = [...files].filter((it) => it.type.startsWith("image/"));
    const waiting = pictures.map((file) => {
      this.items.push({ number: ++count, name: file.name || t("pictures.pasted"), sent: 0, fault: null });
      return { file, upload: this.items.at(-1)! };
    });
    for (const { file, upload } of waiting) {
      try {
        arrived(await send(file, upload.name, (part) => (upload.sent = part)));
        this.drop(upload.number);
      } catch (error) {
        upload.fault = error instanceof Error ? error.message : String(error);
      }
    }
  }

  drop(number: number) {
    this.items = this.items.filter((it) => it.number !== number);
  }
}

function send(file: File, name: string, progress: (part: number) => void): Promise<Picture> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/desk/api/pictures?name=${encodeURIComponent(name)}`);
    request.setRequestHeader("x-masthead", "desk");
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => {
      if (request.status < 300) return resolve(request.response as Picture);
      if (request.status === 401) dispatchEvent(new CustomEvent("signed-out"));
      reject(new Refused(request.status, refusalIn(request.response, request.status)));
    };
    request.onerror = () => reject(new Error(t("pictures.upload_failed")));
    request.send(file);
  });
}

/** The pictures that a paste or a drop carries. */
export function picturesIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((it) => it.type.startsWith("image/"));
}
