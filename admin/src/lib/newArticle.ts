// A new article is made at once and opened, under a headline to be written over: there is nothing to fill in first.

import type { Article } from "../api/types";
import { post } from "./api";
import { at, go } from "./route";
import { complain } from "./toast";
import { t } from "../words";

export async function newArticle(kind: Article["kind"] = "article") {
  try {
    const { id } = await post<Article>("/articles", { kind, headline: t("shell.first_headline") });
    go(at("articles", id));
  } catch (error) {
    complain(error);
  }
}
