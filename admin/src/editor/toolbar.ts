// The small bar over selected words. Alt+F10 goes into it, the arrows move in it, Escape goes back to the text.

import { NodeSelection, Plugin, type Command, type EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { t } from "../words";
import { hasMark, isBlock, listAround, toggleBlock, toggleFormat, toggleList } from "./commands";
import { el, keepInside } from "./dom";
import type { Desk } from "./index";
import { editLink } from "./link";
import { schema } from "./schema";

const { nodes, marks } = schema;

interface Tool {
  name: string;
  face: string;
  run(view: EditorView): void;
  on(state: EditorState): boolean;
}

const by = (command: Command) => (view: EditorView) => void command(view.state, view.dispatch, view);
const inList = (state: EditorState, name: string) => listAround(state.selection.$from)?.node.type.name === name;

const TOOLS: Tool[] = [
  { name: "bold", face: "B", run: by(toggleFormat("bold")), on: (state) => hasMark(state, marks.bold!) },
  { name: "italic", face: "I", run: by(toggleFormat("italic")), on: (state) => hasMark(state, marks.italic!) },
  { name: "link", face: "↗", run: editLink, on: (state) => hasMark(state, marks.link!) },
  { name: "heading", face: "H", run: by(toggleBlock(nodes.heading!, { level: 2 })), on: (state) => isBlock(state, nodes.heading!, { level: 2 }) },
  { name: "subheading", face: "h", run: by(toggleBlock(nodes.heading!, { level: 3 })), on: (state) => isBlock(state, nodes.heading!, { level: 3 }) },
  { name: "quote", face: "”", run: by(toggleBlock(nodes.quote!)), on: (state) => isBlock(state, nodes.quote!) },
  { name: "bullet", face: "•", run: by(toggleList(nodes.bullet!)), on: (state) => inList(state, "bullet") },
];

const bars = new WeakMap<EditorView, Toolbar>();

class Toolbar {
  private readonly buttons: HTMLButtonElement[];
  private readonly bar: HTMLElement;
  private held = false;

  constructor(
    private readonly view: EditorView,
    private readonly desk: Desk,
  ) {
    this.buttons = TOOLS.map((tool, i) =>
      el("button", {
        type: "button",
        class: `ed-tool ed-tool-${tool.name}`,
        "aria-label": t(`editor.tool_${tool.name}`),
        title: t(`editor.tool_${tool.name}`),
        tabindex: i ? -1 : 0,
        // The selection must not be lost to the button.
        onmousedown: (event: MouseEvent) => event.preventDefault(),
        onclick: () => tool.run(this.view),
      }, tool.face),
    );
    this.bar = el("div", { class: "ed-toolbar", role: "toolbar", "aria-label": t("editor.toolbar"), hidden: true }, ...this.buttons);
    this.bar.addEventListener("keydown", (event) => this.keydown(event));
    this.bar.addEventListener("focusout", (event) => {
      if (!this.bar.contains(event.relatedTarget as Node | null)) this.held = false;
    });
    desk.frame.append(this.bar);
    bars.set(view, this);
  }

  focus() {
    this.held = true;
    this.show();
    this.buttons.find((button) => button.tabIndex === 0)?.focus();
  }

  update(view: EditorView, before: EditorState | null) {
    if (before && before.doc === view.state.doc && before.selection.eq(view.state.selection) && before.storedMarks === view.state.storedMarks) return;
    const { selection } = view.state;
    const words = !(selection instanceof NodeSelection) && !selection.empty && view.editable && view.hasFocus();
    if (words || this.held) this.show();
    else this.bar.hidden = true;
  }

  private show() {
    this.bar.hidden = false;
    TOOLS.forEach((tool, i) => this.buttons[i]!.setAttribute("aria-pressed", String(tool.on(this.view.state))));
    const { from, to } = this.view.state.selection;
    let first: { left: number; top: number; bottom: number };
    let last: { bottom: number };
    try {
      first = this.view.coordsAtPos(from);
      last = this.view.coordsAtPos(to);
    } catch {
      return;
    }
    const frame = this.desk.frame.getBoundingClientRect();
    // Fingers leave the system's own menu over the words.
    const touch = matchMedia("(pointer: coarse)").matches;
    const above = first.top - frame.top - this.bar.offsetHeight - 8;
    const below = last.bottom - frame.top + (touch ? 28 : 8);
    keepInside(this.bar, this.desk.frame, first.left - frame.left, touch || first.top < this.bar.offsetHeight + 16 ? below : above);
  }

  private keydown(event: KeyboardEvent) {
    const at = this.buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -at, End: this.buttons.length - 1 - at }[event.key];
    if (event.key === "Escape") {
      this.held = false;
      this.view.focus();
      this.update(this.view, null);
    } else if (step !== undefined) {
      const next = this.buttons[(at + step + this.buttons.length) % this.buttons.length]!;
      for (const button of this.buttons) button.tabIndex = button === next ? 0 : -1;
      next.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  destroy() {
    this.bar.remove();
  }
}

export function toolbarPlugin(desk: Desk): Plugin {
  const again = (view: EditorView) => {
    // The browser moves the focus after it has said so.
    setTimeout(() => !view.isDestroyed && bars.get(view)?.update(view, null));
    return false;
  };
  return new Plugin({
    view: (view) => new Toolbar(view, desk),
    props: { handleDOMEvents: { focus: again, blur: again } },
  });
}

export function focusToolbar(view: EditorView) {
  if (view.editable) bars.get(view)?.focus();
}
