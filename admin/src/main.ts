import { mount } from "svelte";
import App from "./App.svelte";
import { Refused } from "./api/client";
import "./lib/tokens.css";
import "./lib/base.css";
import { learnWhoIAm } from "./lib/me";
import "./lib/theme";
import { language } from "./words";
import NoDesk from "./lib/NoDesk.svelte";

const target = document.getElementById("desk")!;
document.documentElement.lang = language;

try {
  await learnWhoIAm();
  mount(App, { target });
} catch (error) {
  // Nothing has been typed yet, so that there is nothing to lose by leaving.
  if (error instanceof Refused && error.refusal.error === "signed-out") {
    location.replace(`/desk/sign-in/?to=${encodeURIComponent(location.pathname + location.search)}`);
  } else {
    mount(NoDesk, { target, props: { message: error instanceof Error ? error.message : String(error) } });
  }
}
