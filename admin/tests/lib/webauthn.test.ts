import { expect, test } from "vitest";
import { plainly } from "../../src/screens/me/agent";
import { bytesOf, textOf } from "../../src/screens/me/webauthn";

test("bytes go to base64url and back", () => {
  const bytes = Uint8Array.from([0, 255, 62, 63, 250, 1]);
  expect(textOf(bytes.buffer)).toBe("AP8-P_oB");
  expect(new Uint8Array(bytesOf("AP8-P_oB"))).toEqual(bytes);
  expect(new Uint8Array(bytesOf("_w"))).toEqual(Uint8Array.from([255]));
});

test("a browser is named as people name it", () => {
  expect(plainly("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0")).toBe("Firefox, Windows");
  expect(plainly("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1")).toBe("Safari, iPhone");
  expect(plainly("curl/8")).toBe("curl/8");
});
