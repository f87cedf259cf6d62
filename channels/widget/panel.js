/** The chat window: its parts, how it opens and closes, and how it keeps out of the way. */

import { button, element, icon, show } from "./elements.js";
import { texts } from "./texts.js";

const NEAR = 80; // px from the end within which the reader is taken to follow along

export class Panel {
  launcher;
  node;
  person;
  end;
  #status = element("p", { role: "status", class: "status" });
  #state = element("div", { class: "state", hidden: true });
  #choices = element("div", { class: "choices", role: "group", "aria-label": texts.choices, hidden: true });
  #draft = element("div", { class: "message assistant draft", "aria-hidden": "true", hidden: true });
  #scroller;
  #footer;
  #confirm;
  #composer;
  #leave;
  #opener = null;
  #small = matchMedia("(max-width: 479px)");

  constructor({ title, subtitle, privacy, log, survey, composer, open, close, person, end }) {
    this.#composer = composer;
    this.#leave = close;
    this.launcher = button("", () => open(this.launcher), { class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": texts.open });
    this.launcher.append(icon("M21 12a8 8 0 0 1-8 8H4l1.8-3.2A8 8 0 1 1 21 12z"), element("span", { "aria-hidden": "true" }, "Chat"));
    this.person = button(texts.person, person, { class: "person" });
    this.#scroller = element("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": texts.log },
      log, this.#draft, this.#choices, survey);
    this.#confirm = element("div", { class: "confirm", role: "group", "aria-labelledby": "end-question", hidden: true },
      element("p", { id: "end-question" }, texts.endAsk),
      button(texts.endYes, () => {
        this.#ask(false);
        composer.focus();
        end();
      }, { class: "primary" }),
      button(texts.endNo, () => this.#ask(false)));
    this.end = button(texts.end, () => this.#ask(true), { class: "plain" });
    this.#footer = element("div", { class: "footer" }, this.end,
      privacy ? element("a", { href: privacy, target: "_blank", rel: "noopener" }, texts.privacy, element("span", { class: "spoken" }, ` ${texts.newTab}`)) : null);
    const closer = button("", close, { class: "close", "aria-label": texts.close, title: texts.close });
    closer.append(icon("M6 6l12 12M18 6L6 18"));
    this.node = element("div", { class: "panel", role: "dialog", "aria-label": `Chat mit ${title}, ${subtitle}`, hidden: true, onkeydown: (event) => this.#key(event) },
      element("div", { class: "header" }, element("div", { class: "who" }, element("p", { class: "title" }, title), element("p", { class: "subtitle" }, subtitle)), this.person, closer),
      this.#scroller, this.#state, this.#status, this.#confirm, composer.node, this.#footer);
    survey.addEventListener("left", () => composer.focus());
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** Open the window; the focus goes to the field unless the page has just been loaded. */
  open(opener, { focus = true } = {}) {
    this.#opener = opener ?? this.launcher;
    show(this.node, true);
    show(this.launcher, false);
    this.launcher.setAttribute("aria-expanded", "true");
    this.#fit();
    this.#small.addEventListener("change", this.#fit);
    visualViewport?.addEventListener("resize", this.#fit);
    if (focus) this.#composer.focus();
    this.toEnd();
  }

  /** Close the window and return the focus to where it was opened. */
  close() {
    show(this.node, false);
    show(this.launcher, true);
    this.launcher.setAttribute("aria-expanded", "false");
    this.#small.removeEventListener("change", this.#fit);
    visualViewport?.removeEventListener("resize", this.#fit);
    (this.#opener?.isConnected ? this.#opener : this.launcher).focus();
  }

  /** Name the launcher after the number of messages that nobody has seen. */
  unread(count) {
    this.launcher.setAttribute("aria-label", count ? texts.openNew(count) : texts.open);
    this.launcher.dataset.unread = count || "";
  }

  /** Tell something that passes, such as „schreibt …“. */
  status(text) {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  /** Show where the conversation stands and what can be done about it. */
  state(text, action = null) {
    show(this.#state, Boolean(text));
    const focused = this.#state.contains(this.#state.getRootNode().activeElement);
    this.#state.replaceChildren(...(text ? [element("p", {}, text)] : []), ...(action ? [button(action.label, action.act)] : []));
    if (focused) this.#composer.focus();
  }

  /** Show what has been written so far; null when it is finished. */
  draft(author, text) {
    const follow = this.#following();
    show(this.#draft, text !== null);
    this.#draft.replaceChildren(...(text === null ? [] : [element("p", { class: "author" }, element("span", { class: "name" }, author)), element("div", { class: "body" }, element("p", {}, text))]));
    if (follow && text !== null) this.#showFrom(this.#draft);
  }

  /** Offer quick replies. */
  choices(choices, choose) {
    const focused = this.#choices.contains(this.#choices.getRootNode().activeElement);
    this.#choices.replaceChildren(...choices.map((choice) => button(choice.title, () => choose(choice))));
    show(this.#choices, choices.length > 0);
    if (focused) this.#composer.focus();
  }

  /** Change what is shown and keep the newest in view, but only for a reader who was at the end. */
  keepingPlace(change) {
    const follow = this.#following();
    const newest = change();
    if (follow) newest ? this.#showFrom(newest) : this.toEnd();
  }

  toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #following() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR || !this.#draft.hidden;
  }

  #showFrom(node) {
    const top = node.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top + this.#scroller.scrollTop;
    this.#scroller.scrollTop = Math.min(top - 8, this.#scroller.scrollHeight);
  }

  #ask(asking) {
    show(this.#confirm, asking);
    show(this.#footer, !asking);
    (asking ? this.#confirm.querySelector("button") : this.end).focus();
  }

  #key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (this.#confirm.hidden) this.#leave();
      else this.#ask(false);
    }
    if (event.key === "Tab" && this.#small.matches) this.#stay(event);
  }

  /** Full-screen on a phone, the page behind is covered: the focus must not wander there unseen. */
  #stay(event) {
    const stops = [...this.node.querySelectorAll("a[href], button, textarea, input, summary, [tabindex='0']")].filter((stop) => stop.checkVisibility());
    const [first, last] = [stops[0], stops.at(-1)];
    const active = this.node.getRootNode().activeElement;
    if (active !== (event.shiftKey ? first : last)) return;
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }

  #fit = () => {
    const full = this.#small.matches;
    if (full) this.node.setAttribute("aria-modal", "true");
    else this.node.removeAttribute("aria-modal");
    // the on-screen keyboard covers the page without resizing it on some phones
    this.node.style.height = full && visualViewport ? `${visualViewport.height}px` : "";
    this.toEnd();
  };
}
