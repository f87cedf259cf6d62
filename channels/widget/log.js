/** The messages of a conversation in the order of its event log; used by the chat and by the desk. */

import { render } from "./blocks.js";
import { button, element } from "./elements.js";
import { clock, day, texts } from "./texts.js";

const QUIET = 400; // ms without an event: what is stored has been replayed

export class Log {
  /** The list that screen readers follow; it never holds anything unfinished. */
  node;
  #base;
  #names;
  #unsent = new Map();
  #known = new Set();
  #timer = null;

  /** @param names labels of the authors: `{customer, assistant, agent(reply)}` */
  constructor({ label, base, names }) {
    this.#base = base;
    this.#names = names;
    this.node = element("div", { role: "log", "aria-live": "polite", "aria-label": label, class: "log" });
  }

  /** Show stored messages without having all of them read out. */
  replay() {
    this.node.setAttribute("aria-busy", "true");
    this.#settle();
  }

  #settle() {
    if (!this.node.hasAttribute("aria-busy")) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.node.removeAttribute("aria-busy"), QUIET);
  }

  clear() {
    this.node.replaceChildren();
    this.#unsent.clear();
    this.#known.clear();
  }

  /** Add a reply of the assistant or an agent and return its node. */
  reply({ seq, at, message_id: answered, reply }) {
    this.#settle();
    // the reply may overtake the event of the message it answers: put that message in front of it
    const message = this.#unsent.get(answered);
    if (message) this.#confirm(answered, message, seq - 0.5, at);
    const author = reply.speaker === "agent" ? this.#names.agent(reply) : this.#names.assistant;
    const node = entry(reply.speaker === "agent" ? "agent" : "assistant", author, at, ...render(reply, this.#base));
    this.#insert(seq, at, node);
    return node;
  }

  /** Add what the customer said, or confirm it when it already stands there. */
  said({ seq, at, message }) {
    this.#settle();
    const unsent = this.#unsent.get(message.id);
    if (unsent) return this.#confirm(message.id, unsent, seq, at);
    if (this.#known.has(message.id)) return;
    this.#known.add(message.id);
    this.#insert(seq, at, entry("customer", this.#names.customer, at, element("p", {}, message.text)));
  }

  /** Show a message that is on its way; `update` tells how far it is. */
  sending(message) {
    if (this.#known.has(message.id)) return;
    this.#known.add(message.id);
    const at = new Date().toISOString();
    const node = entry("customer", this.#names.customer, at, element("p", {}, message.text), element("p", { class: "fate" }));
    this.#unsent.set(message.id, node);
    this.#insert(Infinity, at, node);
  }

  /** Say what became of a message: `sending`, `unsent`, `refused` or `accepted`. */
  update(id, fate, { reason, again, edit } = {}) {
    const line = this.#unsent.get(id)?.querySelector(".fate");
    if (!line) return;
    line.className = `fate ${fate}`;
    if (fate === "sending") line.replaceChildren(texts.sending);
    else if (fate === "unsent") line.replaceChildren(`${texts.unsent} – `, button(texts.resend, again));
    else if (fate === "refused") line.replaceChildren(`${texts.unsent}: ${reason} `, button(texts.edit, edit));
    else line.replaceChildren();
  }

  /** Take back a message that the server would not have. */
  forget(id) {
    this.#unsent.get(id)?.remove();
    this.#unsent.delete(id);
    this.#known.delete(id);
  }

  #confirm(id, node, seq, at) {
    this.#unsent.delete(id);
    node.querySelector(".fate").remove();
    const time = node.querySelector("time"); // the server's clock counts, not the customer's
    time.setAttribute("datetime", at);
    if (time.textContent !== clock(at)) time.textContent = clock(at);
    node.querySelector(".day").textContent = day(at);
    this.#insert(seq, at, node);
  }

  #insert(seq, at, node) {
    node.dataset.seq = seq;
    node.dataset.at = at;
    const after = [...this.node.children].find((other) => other !== node && Number(other.dataset.seq) > seq) ?? null;
    if (!node.isConnected || node.nextElementSibling !== after) this.node.insertBefore(node, after); // moved, it would be read out again
    for (const one of [node, after]) if (one) one.querySelector(".day").hidden = this.#sameDay(one, one.previousElementSibling);
  }

  #sameDay(node, before) {
    return before !== null && day(before.dataset.at) === day(node.dataset.at);
  }
}

function entry(kind, author, at, ...content) {
  const head = element("p", { class: "author" }, element("span", { class: "name" }, author), " ", element("time", { datetime: at }, clock(at)));
  const newDay = element("p", { class: "day", hidden: true }, day(at));
  return element("div", { class: `message ${kind}` }, newDay, head, element("div", { class: "body" }, ...content));
}
