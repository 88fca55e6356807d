// The two menus that open while typing: `/` puts something in, `@` links an article or names a person.

import { Plugin, PluginKey, type EditorState, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type { Found } from "../api/types";
import { t } from "../words";
import { CARDS, freshCard, type Card } from "./cards";
import { insertCard, setBlock, toggleList } from "./commands";
import { el, freshId, keepInside } from "./dom";
import type { Desk } from "./index";
import { cardOfPicture } from "./pictures";
import { schema } from "./schema";

const { nodes, marks } = schema;

interface Open {
  kind: "/" | "@";
  /** Where the sign stands. */
  from: number;
  query: string;
  active: number;
  count: number;
}
type Act = { close: true } | { active: number } | { count: number };

interface Choice {
  title: string;
  detail: string | null;
  run(view: EditorView, open: Open): void;
}

const key = new PluginKey<Open | null>("menu");
const LONGEST = 40;

/** Opens when a sign was just typed at the start of a word. */
function opened(tr: Transaction, state: EditorState): Open | null {
  const { selection } = state;
  const map = tr.mapping.maps.at(-1);
  if (!tr.docChanged || tr.steps.length !== 1 || !map || !selection.empty || tr.getMeta("paste") || tr.getMeta("history$")) return null;
  let typed = -1;
  map.forEach((_, __, start, end) => (typed = end - start));
  const { $from } = selection;
  if (typed !== 1 || !$from.parent.inlineContent) return null;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 2), $from.parentOffset, null, "\ufffc");
  const sign = before.at(-1);
  if ((sign !== "/" && sign !== "@") || (before.length > 1 && !/[\s\ufffc(“‘„‚«]/.test(before[0]!))) return null;
  if ($from.marks().some((mark) => mark.type.spec.code)) return null;
  return { kind: sign, from: $from.pos - 1, query: "", active: 0, count: 0 };
}

function follow(open: Open, tr: Transaction, state: EditorState): Open | null {
  const { $from, empty } = state.selection;
  const { deleted, pos: from } = tr.mapping.mapResult(open.from, 1);
  if (deleted || !empty || $from.pos <= from || from < $from.start()) return null;
  const query = $from.parent.textBetween(from - $from.start(), $from.parentOffset, null, "\ufffc");
  if (query[0] !== open.kind || query.length > LONGEST || /^.\s|\ufffc/.test(query)) return null;
  return { ...open, from, query: query.slice(1), active: query.slice(1) === open.query ? open.active : 0 };
}

export function menuPlugin(desk: Desk): Plugin<Open | null> {
  const id = freshId("menu");
  const list: { view: List | null } = { view: null };
  return new Plugin<Open | null>({
    key,
    state: {
      init: () => null,
      apply(tr, open, _, state) {
        const act = tr.getMeta(key) as Act | undefined;
        if (act) return open && !("close" in act) ? { ...open, ...act } : null;
        if (!open) return opened(tr, state);
        return tr.docChanged || tr.selectionSet ? follow(open, tr, state) : open;
      },
    },
    props: {
      attributes(state): Record<string, string> {
        const open = key.getState(state);
        if (!open) return {};
        const attributes: Record<string, string> = { "aria-haspopup": "listbox", "aria-autocomplete": "list", "aria-controls": id };
        if (open.count) attributes["aria-activedescendant"] = `${id}-${open.active}`;
        return attributes;
      },
      handleKeyDown: (view, event) => list.view?.keydown(view, event) ?? false,
      handleDOMEvents: {
        blur: (view) => {
          if (key.getState(view.state)) view.dispatch(view.state.tr.setMeta(key, { close: true } satisfies Act));
          return false;
        },
      },
    },
    view: (view) => (list.view = new List(view, desk, id)),
  });
}

class List {
  private readonly box: HTMLElement;
  private readonly count = el("p", { class: "ed-quietly", role: "status" });
  private choices: Choice[] = [];
  private asked = "";
  private search: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly view: EditorView,
    private readonly desk: Desk,
    private readonly id: string,
  ) {
    this.box = el("div", { class: "ed-menu", id, role: "listbox", hidden: true });
    // A press must not take the caret out of the text.
    this.box.addEventListener("mousedown", (event) => event.preventDefault());
    this.box.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) this.choose(Number(option.dataset.index));
    });
    desk.frame.append(this.box, this.count);
  }

  update(view: EditorView, before: EditorState) {
    const open = key.getState(view.state);
    const was = key.getState(before);
    if (!open) {
      if (was) this.close();
      return;
    }
    if (!was || was.query !== open.query || was.kind !== open.kind) this.ask(open);
    else if (was.active !== open.active) this.mark(open.active);
  }

  private ask(open: Open) {
    const question = open.kind + open.query;
    if (question === this.asked && !this.box.hidden) return;
    this.asked = question;
    this.box.setAttribute("aria-label", t(open.kind === "/" ? "editor.menu_insert" : "editor.menu_find"));
    if (open.kind === "/") return this.show(insertions(open.query, this.desk));
    this.search?.abort();
    clearTimeout(this.timer);
    const search = (this.search = new AbortController());
    if (open.query.trim() === "") return this.show([]);
    this.timer = setTimeout(async () => {
      try {
        const found = await this.desk.find(open.query.trim(), search.signal);
        if (!search.signal.aborted) this.show(found.filter(isNamed).map(named));
      } catch {
        if (!search.signal.aborted) this.show([]);
      }
    }, 120);
  }

  private show(choices: Choice[]) {
    const open = key.getState(this.view.state);
    if (!open) return;
    this.choices = choices;
    const options = choices.map(({ title, detail }, i) =>
      el("div", { role: "option", id: `${this.id}-${i}`, "data-index": i, class: "ed-option", "aria-selected": String(i === 0) }, title, detail ? el("small", {}, detail) : null),
    );
    const empty = el("div", { class: "ed-none" }, t(open.kind === "@" && !open.query ? "editor.menu_find_hint" : "editor.menu_nothing"));
    this.box.replaceChildren(...(options.length ? options : [empty]));
    this.box.hidden = false;
    this.count.textContent = choices.length ? t("editor.menu_count", { count: choices.length }) : (empty.textContent ?? "");
    this.place(open);
    // Not while the editor is still taking in the change that brought us here.
    queueMicrotask(() => {
      const now = key.getState(this.view.state);
      if (!this.view.isDestroyed && now && now.count !== choices.length) this.view.dispatch(this.view.state.tr.setMeta(key, { count: choices.length } satisfies Act));
    });
  }

  private place(open: Open) {
    const at = this.view.coordsAtPos(open.from);
    const frame = this.desk.frame.getBoundingClientRect();
    const below = innerHeight - at.bottom;
    const height = this.box.offsetHeight;
    const top = below < height + 12 && at.top > below ? at.top - frame.top - height - 6 : at.bottom - frame.top + 6;
    keepInside(this.box, this.desk.frame, at.left - frame.left, top);
  }

  private mark(active: number) {
    this.box.querySelectorAll("[role=option]").forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === active));
      if (i === active) option.scrollIntoView({ block: "nearest" });
    });
  }

  keydown(view: EditorView, event: KeyboardEvent): boolean {
    const open = key.getState(view.state);
    if (!open || event.isComposing) return false;
    const act = (act: Act) => view.dispatch(view.state.tr.setMeta(key, act));
    const count = this.choices.length;
    if (event.key === "Escape") act({ close: true });
    else if (!count) return false;
    else if (event.key === "ArrowDown") act({ active: (open.active + 1) % count });
    else if (event.key === "ArrowUp") act({ active: (open.active - 1 + count) % count });
    else if (event.key === "Enter" || event.key === "Tab") this.choose(open.active);
    else return false;
    event.stopPropagation();
    return true;
  }

  private choose(index: number) {
    const open = key.getState(this.view.state);
    const choice = this.choices[index];
    if (!open || !choice) return;
    const end = open.from + 1 + open.query.length;
    this.view.dispatch(this.view.state.tr.delete(open.from, end).setMeta(key, { close: true } satisfies Act));
    choice.run(this.view, open);
    if (!this.view.dom.parentElement?.contains(document.activeElement)) this.view.focus();
  }

  private close() {
    this.search?.abort();
    clearTimeout(this.timer);
    this.asked = "";
    this.choices = [];
    this.box.hidden = true;
    this.count.textContent = "";
    this.box.replaceChildren();
  }

  destroy() {
    this.close();
    this.box.remove();
    this.count.remove();
  }
}

// What `/` offers.

interface Insertion {
  label: string;
  also: string;
  run(view: EditorView): void;
}

function blockInsertion(name: string, also: string, run: (view: EditorView) => void): Insertion {
  return { label: t(`editor.tool_${name}`), also: `${name} ${also}`, run };
}

const turn = (type: (typeof nodes)[string], attrs: Record<string, unknown> | null = null) => (view: EditorView) => {
  const tr = view.state.tr;
  if (setBlock(tr, type!, attrs)) view.dispatch(tr.scrollIntoView());
};

function cardInsertion(card: Card, desk: Desk): Insertion {
  return {
    label: t(`editor.card_${card.name}`),
    also: `${card.name} ${card.also ?? ""}`,
    async run(view) {
      if (card.type !== "image") return view.dispatch(insertCard(view.state, freshCard(card)));
      const picture = await desk.choosePicture();
      if (view.isDestroyed) return;
      view.focus();
      if (picture) view.dispatch(insertCard(view.state, cardOfPicture(picture)));
    },
  };
}

function insertions(query: string, desk: Desk): Choice[] {
  const all = [
    blockInsertion("heading", "h2 ##", turn(nodes.heading!, { level: 2 })),
    blockInsertion("subheading", "h3 ###", turn(nodes.heading!, { level: 3 })),
    blockInsertion("quote", "blockquote >", turn(nodes.quote!)),
    blockInsertion("aside", "pull", turn(nodes.aside!)),
    blockInsertion("bullet", "list ul -", (view) => void toggleList(nodes.bullet!)(view.state, view.dispatch)),
    blockInsertion("number", "list ol 1.", (view) => void toggleList(nodes.number!)(view.state, view.dispatch)),
    blockInsertion("check", "list todo", (view) => void toggleList(nodes.check!)(view.state, view.dispatch)),
    ...CARDS.filter((card) => card.offered).map((card) => cardInsertion(card, desk)),
  ];
  const wanted = query.trim().toLocaleLowerCase();
  const starts = (label: string) => label.toLocaleLowerCase().split(/[\s-]/).some((word) => word.startsWith(wanted));
  const rank = ({ label, also }: Insertion) =>
    label.toLocaleLowerCase().startsWith(wanted) ? 0 : starts(label) ? 1 : also.split(" ").some((word) => word.startsWith(wanted)) ? 2 : 3;
  return all
    .map((insertion) => ({ insertion, rank: wanted ? rank(insertion) : 0 }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ insertion: { label, run } }) => ({ title: label, detail: null, run }));
}

// What `@` finds.

const isNamed = (found: Found) => found.kind === "person" || found.url !== null;

function named(found: Found): Choice {
  return {
    title: found.title,
    detail: [t(`editor.found_${found.kind}`), found.detail].filter(Boolean).join(" · "),
    run(view, { from }) {
      const around = view.state.doc.resolve(from).marks().filter((mark) => mark.type !== marks.link);
      const link = found.kind !== "person" && found.url ? [marks.link!.create({ url: found.url })] : [];
      view.dispatch(view.state.tr.replaceWith(from, from, schema.text(found.title, [...around, ...link])).scrollIntoView());
    },
  };
}
