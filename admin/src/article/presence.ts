import { post } from "../api/client";

const EVERY = 20_000;

/** Says that this person is in the article, until told to stop. Nobody waits for it, and nothing hangs on it. */
export function stayHere(article: string): () => void {
  const say = (where: string | null) => void post("/here", { article: where }).catch(() => {});
  const again = () => document.visibilityState === "visible" && say(article);
  say(article);
  const timer = setInterval(again, EVERY);
  return () => {
    clearInterval(timer);
    say(null);
  };
}
