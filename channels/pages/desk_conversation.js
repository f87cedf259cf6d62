/** One conversation at the desk: what it is about, what was said, and what the agent can do. */

import { button, element, show } from "/widget/elements.js";
import { Log } from "/widget/log.js";
import { texts } from "/widget/texts.js";
import { ask } from "/pages/desk_server.js";

export class DeskConversation {
  #node;
  #me;
  #id = null;
  #log = null;
  #parts = null;
  #seen = new Set();
  #unsent = null;
  #changed;
  #failed;

  /** @param changed called after every action; @param failed receives the problem of a failed one */
  constructor({ node, changed, failed }) {
    this.#node = node;
    this.#changed = changed;
    this.#failed = failed;
  }

  get id() {
    return this.#id;
  }

  /** Open a conversation; the focus goes to its title. */
  async open(id, me) {
    this.#id = id;
    this.#me = me;
    this.#seen.clear();
    this.#build();
    await this.refresh();
    this.#parts.title.focus();
  }

  close() {
    this.#id = null;
    this.#node.replaceChildren(element("p", { class: "empty" }, "Wählen Sie links ein Gespräch aus."));
  }

  /** Fetch what is new and show it. */
  async refresh() {
    const id = this.#id;
    if (id === null) return;
    const { conversation, events } = await ask(`/conversations/${id}`);
    if (id !== this.#id) return;
    const { scroller } = this.#parts;
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
    if (this.#seen.size === 0) this.#log.replay();
    for (const data of events) this.#take(data);
    this.#describe(conversation);
    if (atEnd) scroller.scrollTop = scroller.scrollHeight;
  }

  #take(data) {
    if (this.#seen.has(data.seq)) return;
    this.#seen.add(data.seq);
    if (data.reply?.blocks.length && data.reply.delivery === "send") this.#log.reply(data);
    else if (data.message?.text && data.message.kind !== "survey") this.#log.said(data);
  }

  #build() {
    this.#log = new Log({
      label: texts.log, base: location.href,
      names: { customer: "Kundin oder Kunde", assistant: texts.assistant, agent: (reply) => (reply.agent === this.#me.display_name ? `Sie (${reply.agent})` : reply.agent ?? texts.agent) },
    });
    const title = element("h2", { tabindex: "-1" }, "Gespräch");
    const about = element("div", { class: "about" });
    const scroller = element("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": texts.log }, this.#log.node);
    const problem = element("p", { class: "problem", id: "text-problem", role: "alert" });
    const field = element("textarea", { id: "text", rows: "3", maxlength: "4000", "aria-describedby": "text-problem text-hint" });
    const form = element("form", { class: "composer", onsubmit: (event) => this.#send(event) },
      element("label", { for: "text" }, "Antwort an die Kundin oder den Kunden"), field,
      element("div", { class: "row" },
        element("p", { class: "hint", id: "text-hint" }, "Strg + Eingabe sendet."),
        element("button", { type: "submit", class: "primary" }, "Senden")),
      problem);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    const act = (path) => () => this.#act(path);
    const take = button("Übernehmen", act("take-over"), { class: "primary" });
    const back = button("Zurückgeben", act("give-back"));
    const end = button(texts.end, () => this.#confirmEnd(true));
    const confirm = element("div", { class: "row confirm", role: "group", "aria-label": texts.endAsk, hidden: true },
      element("p", {}, texts.endAsk), button(texts.endYes, act("end"), { class: "primary" }), button(texts.endNo, () => this.#confirmEnd(false)));
    this.#parts = { title, about, scroller, problem, field, form, take, back, end, confirm };
    this.#node.replaceChildren(
      element("div", { class: "row head" }, title, element("div", { class: "row actions" }, take, back, end)), confirm, about, scroller, form);
  }

  #describe(card) {
    const { title, about, take, back, end, form } = this.#parts;
    const mine = card.status === "agent" && card.agent === this.#me.display_name;
    title.textContent = {
      waiting: "Wartet auf Übernahme", open: "Beim Assistenten", closed: "Beendet",
      agent: mine ? "Sie führen dieses Gespräch" : `Bei ${card.agent ?? texts.agent}`,
    }[card.status];
    about.replaceChildren(...(card.handoff ? [
      element("p", { class: "reason" }, `${card.handoff.urgent ? "Dringend: " : ""}${card.handoff.label}`),
      element("p", { class: "summary" }, card.handoff.summary),
    ] : []));
    const focused = document.activeElement;
    show(take, card.status === "waiting" || card.status === "open");
    show(back, mine);
    show(end, mine);
    show(form, mine);
    if ([take, back, end].includes(focused) && focused.hidden) (mine ? this.#parts.field : title).focus();
    if (!mine) show(this.#parts.confirm, false);
  }

  #confirmEnd(asking) {
    show(this.#parts.confirm, asking);
    (asking ? this.#parts.confirm.querySelector("button") : this.#parts.end).focus();
  }

  async #act(path) {
    const inConfirm = this.#parts.confirm.contains(document.activeElement);
    try {
      await ask(`/conversations/${this.#id}/${path}`, {});
    } catch (problem) {
      this.#failed(problem);
    }
    await this.#changed();
    if (inConfirm) this.#parts.title.focus();
  }

  async #send(event) {
    event.preventDefault();
    const { field, problem } = this.#parts;
    const text = field.value.trim();
    problem.textContent = "";
    if (!text) {
      problem.textContent = "Bitte schreiben Sie zuerst eine Antwort.";
      return field.focus();
    }
    if (this.#unsent?.text !== text) this.#unsent = { id: crypto.randomUUID(), text }; // a second try is the same message
    try {
      await ask(`/conversations/${this.#id}/messages`, this.#unsent);
    } catch (error) {
      problem.textContent = `Nicht gesendet: ${error.message}`;
      return field.focus();
    }
    this.#unsent = null;
    field.value = "";
    field.focus();
    await this.#changed();
  }
}

