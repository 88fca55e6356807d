// A table is kept as HTML behind a marker, so that Ghost keeps and shows it; here it is a grid to write in.

import { t } from "../words";
import { TABLE_MARK } from "./cards";
import { el } from "./dom";
import { escapeHtml } from "./pictures";
import type { Json } from "./schema";
import { parseHtml } from "./trusted";

export interface Table {
  head: boolean;
  rows: string[][];
}

/** Null for a table that has more than words in its cells. */
export function readTable(html: string): Table | null {
  const table = parseHtml(html).querySelector("table");
  if (!table || table.querySelector("td *, th *, [colspan], [rowspan], caption, colgroup")) return null;
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => (cell.textContent ?? "").trim()));
  return { head: table.tHead !== null, rows };
}

export function writeTable({ head, rows }: Table): string {
  const row = (cells: string[], tag: string) => `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const [first, ...rest] = rows;
  const top = head && first ? `<thead>${row(first, "th")}</thead>` : "";
  const below = head ? rest : rows;
  return `${TABLE_MARK}\n<table>${top}<tbody>${below.map((cells) => row(cells, "td")).join("")}</tbody></table>`;
}

export function tableField(node: () => Json, change: (node: Json) => void): HTMLElement {
  const table = readTable(String(node().html ?? ""));
  if (!table) return sourceField(node, change);
  const box = el("div", { class: "ed-field" });
  const write = () => change({ ...node(), html: writeTable(table) });
  const act = (label: string, run: () => void, disabled = false) =>
    el("button", { type: "button", class: "ed-button", disabled, onclick: () => (run(), write(), draw()) }, t(`editor.${label}`));
  const draw = () => {
    const width = Math.max(1, ...table.rows.map((cells) => cells.length));
    const rows = table.rows.map((cells, y) =>
      el("tr", {}, ...Array.from({ length: width }, (_, x) => {
        const input = el("input", { type: "text", "aria-label": t("editor.table_cell", { row: y + 1, column: x + 1 }) });
        input.value = cells[x] ?? "";
        input.addEventListener("input", () => {
          while (cells.length < width) cells.push("");
          cells[x] = input.value;
          write();
        });
        return el("td", {}, input);
      })),
    );
    const head = el("input", { type: "checkbox" });
    head.checked = table.head;
    head.addEventListener("change", () => ((table.head = head.checked), write()));
    box.replaceChildren(
      el("div", { class: "ed-grid" }, el("table", {}, el("tbody", {}, ...rows))),
      el("label", { class: "ed-check" }, head, t("editor.table_head")),
      el(
        "div",
        { class: "ed-row" },
        act("table_row_add", () => table.rows.push(Array<string>(width).fill(""))),
        act("table_row_remove", () => table.rows.pop(), table.rows.length < 2),
        act("table_column_add", () => table.rows.forEach((cells) => cells.push(""))),
        act("table_column_remove", () => table.rows.forEach((cells) => cells.length === width && cells.pop()), width < 2),
      ),
    );
  };
  draw();
  return box;
}

function sourceField(node: () => Json, change: (node: Json) => void): HTMLElement {
  const area = el("textarea", { rows: 8, class: "ed-code", spellcheck: "false", "aria-label": t("editor.field_html") });
  area.value = String(node().html ?? "");
  area.addEventListener("input", () => change({ ...node(), html: area.value }));
  return el("div", { class: "ed-field" }, el("span", { class: "ed-label" }, t("editor.field_html")), area);
}
