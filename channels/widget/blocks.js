/** A reply as DOM: its blocks, the marks of its citations, and the sources below. */

import { element, spoken } from "./elements.js";
import { texts } from "./texts.js";

const BLOCKS = {
  paragraph: (block, marks) => element("p", {}, block.text, ...marks),
  quotation: (block, marks) => element("blockquote", {}, element("p", {}, block.text, ...marks)),
  list: (block, marks) => {
    const items = block.items.map((item) => element("li", {}, item));
    items.at(-1)?.append(...marks);
    return element(block.ordered ? "ol" : "ul", {}, ...items);
  },
  table: (block, marks) => {
    const columns = block.header.slice(1);
    const head = element("tr", { role: "row" }, ...block.header.map((name) => element("th", { role: "columnheader", scope: "col" }, name)));
    const rows = block.rows.map(([first, ...cells]) =>
      element("tr", { role: "row" }, element("th", { role: "rowheader", scope: "row" }, first), ...valued(cells, columns)));
    // the roles are named because a narrow table is laid out as blocks, which would take them away
    const table = element("table", { role: "table", "aria-label": block.header.join(", ") },
      element("thead", { role: "rowgroup" }, head), element("tbody", { role: "rowgroup" }, ...rows));
    const frame = element("div", { class: columns.length > 1 ? "table many" : "table", tabindex: "0", role: "region", "aria-label": texts.table }, table);
    return element("div", { class: "framed" }, frame, marks.length ? element("p", { class: "marks" }, ...marks) : null);
  },
  receipt: (block) => element("div", { class: "receipt" },
    element("p", { class: "title" }, block.title),
    element("dl", {}, ...block.lines.flatMap(([label, value]) => [element("dt", {}, label), element("dd", {}, value)]))),
};

/** Name the language of a node: German quotations stand in English replies (WCAG 3.1.2). */
function spokenIn(language, node) {
  if (language) node.setAttribute("lang", language);
  return node;
}

/** The cells of a row; what holds for every column is said once. */
function valued(cells, columns) {
  const same = cells.length > 1 && cells.every((cell) => cell === cells[0]);
  if (same) return [element("td", { role: "cell", colspan: cells.length, "aria-colspan": cells.length }, cells[0])];
  return cells.map((cell, at) => element("td", { role: "cell", "data-of": columns[at] }, cell));
}

/** Render a reply's blocks and sources; links of citations start at `base`. */
export function render(reply, base) {
  const links = reply.citations.map((citation) => link(citation, base));
  const body = reply.blocks.map((block) => {
    const draw = BLOCKS[block.type] ?? BLOCKS.paragraph;
    const marks = (block.cites ?? []).filter((at) => links[at]).flatMap((at) => [" ", mark(at, reply.citations[at], links[at])]);
    return spokenIn(block.lang ?? reply.language, draw(block, marks));
  });
  return [...body, links.length ? sources(reply.citations, links) : null];
}

function mark(at, citation, target) {
  const goThere = (event) => {
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  };
  const name = `${texts.source(at + 1)}: ${citation.title}`;
  return element("a", { class: "mark", lang: "de", href: target.href, "aria-label": name, title: name, onclick: goThere }, `[${at + 1}]`);
}

function sources(citations, links) {
  const items = citations.map((citation, at) => element("li", {},
    links[at],
    element("span", { class: "where" }, place(citation)),
    citation.excerpt
      ? element("details", {}, element("summary", {}, texts.excerpt, spoken(` ${texts.source(at + 1)}`)), element("p", {}, citation.excerpt))
      : null));
  return element("div", { class: "sources" }, element("p", { class: "title" }, texts.sources), element("ol", {}, ...items));
}

function link(citation, base) {
  const address = new URL(citation.link, base);
  const safe = ["http:", "https:"].includes(address.protocol) ? address.href : null; // never javascript:
  return element("a", { href: safe, target: "_blank", rel: "noopener" }, citation.title, spoken(` ${texts.newTab}`));
}

/** Name where in a document a passage stands: „Stand 01.10.2026 · Laufzeit · Seite 3“. */
export function place(citation) {
  return [
    citation.as_of ? texts.asOf(citation.as_of) : null,
    citation.section || null,
    citation.page ? texts.page(citation.page) : null,
  ].filter(Boolean).join(" · ");
}
