import type { Article } from "../api/types";

/** The acts that the one main button can stand for. */
export type Act = "review" | "ready" | "publish" | "changes" | "reschedule";

/** What this person most likely does next with an article in this state; null where nothing is to be done. */
export function mainAct({ status, may }: Pick<Article, "status" | "may">, hasChanges: boolean): Act | null {
  switch (status) {
    case "draft":
      return may.publish ? "publish" : may.edit ? "review" : null;
    case "in review":
      return may.review && may.publish ? "ready" : null;
    case "ready":
    case "withdrawn":
    case "sent":
      return may.publish ? "publish" : null;
    case "scheduled":
      return may.publish ? "reschedule" : null;
    case "published":
      return may.publish && hasChanges ? "changes" : null;
  }
}

export type MenuAct = Act | "schedule" | "unschedule" | "withdraw" | "draft" | "discard" | "delete";

/** What else can be done, in the order of the menu; the main act is not repeated. */
export function menuActs({ status, may }: Pick<Article, "status" | "may">, hasChanges: boolean): MenuAct[] {
  const main = mainAct({ status, may }, hasChanges);
  const acts: (MenuAct | false)[] = [
    status === "draft" && may.edit && "review",
    // Whether something may go out is for those who may publish to say.
    (status === "draft" || status === "in review") && may.review && may.publish && "ready",
    (status === "in review" || status === "scheduled") && may.publish && "publish",
    (status === "draft" || status === "in review" || status === "ready") && may.publish && "schedule",
    status === "scheduled" && may.publish && "unschedule",
    (status === "in review" || status === "ready") && may.edit && "draft",
    status === "published" && hasChanges && may.edit && "discard",
    status === "published" && may.publish && "withdraw",
    may.delete && (status === "draft" || status === "withdrawn" || status === "sent") && "delete",
  ];
  return acts.filter((act): act is MenuAct => act !== false && act !== main);
}
