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
    const head = element("tr", {}, ...block.header.map((name) => element("th", { scope: "col" }, name)));
    const rows = block.rows.map(([first, ...rest]) =>
      element("tr", {}, element("th", { scope: "row" }, first), ...rest.map((cell) => element("td", {}, cell))));
    const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
    const frame = element("div", { class: "table", tabindex: "0", role: "region", "aria-label": block.header.join(", ") }, table);
    return element("div", {}, frame, marks.length ? element("p", { class: "marks" }, ...marks) : null);
  },
  receipt: (block) => element("div", { class: "receipt" },
    element("p", { class: "title" }, block.title),
    element("dl", {}, ...block.lines.flatMap(([label, value]) => [element("dt", {}, label), element("dd", {}, value)]))),
};

/** Render a reply's blocks and sources; links of citations start at `base`. */
export function render(reply, base) {
  const links = reply.citations.map((citation) => link(citation, base));
  const body = reply.blocks.map((block) => {
    const draw = BLOCKS[block.type] ?? BLOCKS.paragraph;
    return draw(block, (block.cites ?? []).filter((at) => links[at]).flatMap((at) => [" ", mark(at, reply.citations[at], links[at])]));
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
  return element("a", { class: "mark", href: target.href, "aria-label": name, title: name, onclick: goThere }, `[${at + 1}]`);
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
