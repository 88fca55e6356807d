// The editor's keys.

import { chainCommands, selectAll } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { undoInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { Plugin, type Command } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { backspace, deeper, enter, insertBreak, paragraphBeside, remove, shallower, toggleBlock, toggleChecked, toggleFormat, toggleList, unpack, writeUnder } from "./commands";
import { openCard } from "./card-view";
import { openFind } from "./find";
import { editLink, linkAt } from "./link";
import { schema } from "./schema";
import { focusToolbar } from "./toolbar";

const { nodes } = schema;

/** A key that needs the view, not only the state. */
const open =
  (act: (view: EditorView) => void): Command =>
  (_, __, view) => {
    if (view) act(view);
    return true;
  };

export function keys(): Plugin {
  const map: Record<string, Command> = {
    "Mod-z": chainCommands(undoInputRule, undo),
    "Shift-Mod-z": redo,
    "Mod-y": redo,
    "Mod-a": selectAll,
    Enter: chainCommands((_, __, view) => !!view && openCard(view), unpack, enter),
    "Shift-Enter": chainCommands(paragraphBeside(1, "always"), insertBreak),
    // Elsewhere than in a checklist these keys are the page's: they publish.
    "Mod-Enter": toggleChecked,
    Backspace: chainCommands(undoInputRule, backspace),
    "Mod-Backspace": backspace,
    "Shift-Backspace": backspace,
    Delete: remove,
    "Mod-Delete": remove,
    Tab: deeper,
    "Shift-Tab": shallower,
    ArrowDown: paragraphBeside(1, "if there is none"),
    ArrowUp: paragraphBeside(-1, "if there is none"),
    "Mod-b": toggleFormat("bold"),
    "Mod-i": toggleFormat("italic"),
    "Mod-u": toggleFormat("underline"),
    "Mod-e": toggleFormat("code"),
    "Shift-Mod-x": toggleFormat("strikethrough"),
    "Shift-Mod-h": toggleFormat("highlight"),
    "Mod-,": toggleFormat("subscript"),
    "Shift-Mod-,": toggleFormat("superscript"),
    // Without words to link it is left to the page.
    "Mod-k": (state, _, view) => {
      if (!view || (state.selection.empty && !linkAt(state).url)) return false;
      editLink(view);
      return true;
    },
    "Mod-f": open(openFind),
    "Mod-Alt-0": toggleBlock(nodes.paragraph!),
    "Mod-Alt-q": toggleBlock(nodes.quote!),
    "Shift-Mod-7": toggleList(nodes.number!),
    "Shift-Mod-8": toggleList(nodes.bullet!),
    "Shift-Mod-9": toggleList(nodes.check!),
    "Alt-F10": open(focusToolbar),
  };
  for (const level of [1, 2, 3, 4, 5, 6]) map[`Mod-Alt-${level}`] = toggleBlock(nodes.heading!, { level });
  return keymap(map);
}

/** What the pointer and the letters do besides; before all other plugins. */
export function guard(): Plugin {
  return new Plugin({
    props: {
      handleTextInput(view, _, __, text) {
        const tr = writeUnder(view.state, text);
        if (tr) view.dispatch(tr);
        return tr !== null;
      },
      handleDOMEvents: {
        // The box of a checklist's item stands left of it.
        mousedown(view, event) {
          const item = event.target instanceof Element ? event.target.closest<HTMLElement>("li[data-checked]") : null;
          if (!item || !view.editable || event.clientX >= item.getBoundingClientRect().left) return false;
          const at = view.posAtDOM(item, 0) - 1;
          const node = view.state.doc.nodeAt(at);
          if (!node || node.type !== nodes.listitem) return false;
          event.preventDefault();
          view.dispatch(view.state.tr.setNodeMarkup(at, null, { ...node.attrs, checked: !node.attrs.checked }));
          return true;
        },
      },
    },
  });
}
