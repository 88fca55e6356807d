// A card in the text: its face, and its form while it is open.

import { NodeSelection } from "prosemirror-state";
import type { Node } from "prosemirror-model";
import type { EditorView, NodeView, NodeViewConstructor } from "prosemirror-view";
import { cardForm, nameOf, type Form } from "./card-form";
import { faceOf } from "./card-faces";
import { cardOf } from "./cards";
import { el } from "./dom";
import type { Desk } from "./index";
import { schema, type Json } from "./schema";

const views = new WeakMap<globalThis.Node, CardView>();

class CardView implements NodeView {
  readonly dom: HTMLElement;
  private readonly face: HTMLElement;
  private readonly title: HTMLElement;
  private form: Form | null = null;

  constructor(
    private node: Node,
    private readonly view: EditorView,
    private readonly getPos: () => number | undefined,
    private readonly desk: Desk,
  ) {
    this.face = el("div", { class: "ed-face" });
    this.title = el("button", { type: "button", class: "ed-card-name", tabindex: -1 });
    this.title.addEventListener("click", () => this.toggle());
    this.dom = el("div", { class: "ed-card", contenteditable: "false", role: "group" }, this.title, this.face);
    // The first press selects, the next one opens.
    let selected = false;
    this.face.addEventListener("mousedown", () => (selected = this.dom.classList.contains("ProseMirror-selectednode")));
    this.face.addEventListener("click", () => {
      // The text sets its own selection first.
      if (selected) setTimeout(() => this.open());
    });
    views.set(this.dom, this);
    this.draw();
  }

  private get json(): Json {
    const node: unknown = this.node.attrs.node;
    return typeof node === "object" && node !== null ? (node as Json) : { type: String(node) };
  }

  private draw() {
    const node = this.json;
    const name = nameOf(cardOf(node), node);
    this.dom.dataset.card = String(node.type);
    this.dom.dataset.width = String(node.cardWidth ?? "regular");
    this.dom.setAttribute("aria-label", name);
    this.title.textContent = name;
    this.title.setAttribute("aria-expanded", String(this.form !== null));
    this.face.replaceChildren(...faceOf(node));
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    const before = this.json;
    this.node = node;
    if (this.json.type !== before.type) this.close(false);
    if (this.json !== before) this.draw();
    return true;
  }

  selectNode() {
    this.dom.classList.add("ProseMirror-selectednode");
  }

  deselectNode() {
    this.dom.classList.remove("ProseMirror-selectednode");
  }

  toggle() {
    if (this.form) this.close();
    else this.open();
  }

  open() {
    if (this.form || !this.view.editable) return;
    this.form = cardForm(cardOf(this.json), this.desk, () => this.json, (node) => this.change(node), () => this.close());
    this.form.dom.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    });
    this.dom.append(this.form.dom);
    this.title.setAttribute("aria-expanded", "true");
    this.form.dom.querySelector<HTMLElement>("input:not([hidden]), textarea, select, [contenteditable=true], button")?.focus();
  }

  private close(back = true) {
    if (!this.form) return;
    this.form.destroy();
    this.form.dom.remove();
    this.form = null;
    this.title.setAttribute("aria-expanded", "false");
    const at = this.getPos();
    if (!back || at === undefined) return;
    this.view.dispatch(this.view.state.tr.setSelection(NodeSelection.create(this.view.state.doc, at)));
    this.view.focus();
  }

  private change(node: Json) {
    const at = this.getPos();
    if (at !== undefined) this.view.dispatch(this.view.state.tr.setNodeMarkup(at, null, { node }));
  }

  /** What happens in the form or on the name is not for the text. */
  stopEvent(event: Event): boolean {
    const target = event.target as globalThis.Node;
    return !!this.form?.dom.contains(target) || (this.title.contains(target) && !event.type.startsWith("drag"));
  }

  ignoreMutation(): boolean {
    return true;
  }

  destroy() {
    this.form?.destroy();
  }
}

export function cardViews(desk: Desk): Record<string, NodeViewConstructor> {
  return { card: (node, view, getPos) => new CardView(node, view, getPos, desk) };
}

/** Opens the form of the selected card. */
export function openCard(view: EditorView): boolean {
  const { selection } = view.state;
  if (!(selection instanceof NodeSelection) || selection.node.type !== schema.nodes.card) return false;
  const dom = view.nodeDOM(selection.from);
  const card = dom && views.get(dom);
  card?.open();
  return !!card;
}

