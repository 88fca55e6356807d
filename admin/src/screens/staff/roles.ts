import type { Role } from "../../api/types";

/** From those who may do everything to those who only hand in. */
export const ROLES: Role[] = ["owner", "editor", "author", "contributor"];
