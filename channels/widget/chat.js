/** <aura-chat>: one conversation with the assistant, from the first opening of the window to its end. */

import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { ATTRIBUTE, customerOf, EXPIRED } from "./customer.js";
import { Log } from "./log.js";
import { Memory } from "./memory.js";
import { Outbox } from "./outbox.js";
import { Panel } from "./panel.js";
import { Survey } from "./survey.js";
import { texts } from "./texts.js";

const FRESH = { status: "open", agent: null, survey: "none" };

/** Make the element's class with its style sheet, which every chat on the page shares. */
export function chat(sheet, defaults) {
  return class AuraChat extends HTMLElement {
    static observedAttributes = [ATTRIBUTE];

    #memory = new Memory();
    #seen = new Set();
    #last = 0;
    #state = FRESH;
    #stateSeq = 0;
    #working = new Set();
    #unseen = 0;
    #drops = 0;
    #line = "up";
    #id = null;
    #connection;
    #log;
    #survey;
    #outbox;
    #composer;
    #panel;

    connectedCallback() {
      if (this.shadowRoot) return;
      const setting = (name) => this.dataset[name] ?? defaults[name];
      const server = new URL(setting("server") ?? "/", document.baseURI);
      const title = setting("title") ?? "Aura";
      this.#connection = new Connection(server);
      this.#log = new Log({
        label: texts.log, base: server,
        names: { customer: texts.you, assistant: texts.assistant, agent: (reply) => person(reply.agent) },
      });
      this.#survey = new Survey({ answer: (stage, answer) => this.#answer(stage, answer), shown: () => this.#surveyShown() });
      this.#composer = new Composer({ send: (text) => this.#say(text), changed: (text) => this.#memory.keep({ text }) });
      this.#outbox = new Outbox({
        connection: this.#connection, memory: this.#memory,
        report: (message, fate, reason) => this.#report(message, fate, reason), take: (event) => this.#take(event),
      });
      this.#panel = new Panel({
        title, subtitle: setting("subtitle") ?? texts.assistant, privacy: setting("privacy"),
        log: this.#log.node, survey: this.#survey.node, composer: this.#composer,
        open: (opener) => this.open(opener), close: () => this.close(),
        person: () => this.#choose({ id: "handoff:ask", title: texts.person }),
        end: () => this.#choose({ id: "end", title: texts.end }),
      });
      this.lang = "de";
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      root.append(this.#panel.launcher, this.#panel.node);
      addEventListener("online", () => this.#wake());
      document.addEventListener("click", (event) => this.#opener(event));
      this.#restore();
      if (this.hasAttribute(ATTRIBUTE)) this.#meet(this.getAttribute(ATTRIBUTE));
    }

    /** Another customer, or none any more, never sees the conversation of the one before. */
    attributeChangedCallback(name, before, token) {
      if (!this.shadowRoot) return; // the element restores first and then looks
      this.#meet(token, before);
    }

    #meet(token, before = null) {
      const [customer, kept] = [customerOf(token), this.#memory.get("customer") ?? null];
      if (this.#id && customer !== kept) return this.#startAgain();
      if (!this.#id && this.#line === "failed" && token !== before) this.#begin();
    }

    /** Open the chat window; the conversation starts with the first opening. */
    async open(opener = null, options = {}) {
      this.#panel.open(opener, options);
      this.#memory.keep({ open: true });
      this.#unseen = 0;
      this.#panel.unread(0);
      if (!this.#id) await this.#begin();
    }

    /** Close the window; the conversation goes on. */
    close() {
      this.#memory.keep({ open: false });
      this.#panel.close();
    }

    /** Any element of the page with `data-aura-open` opens the chat; its value, if any, is asked at once. */
    async #opener(event) {
      const opener = event.composedPath().find((node) => node instanceof HTMLElement && node.hasAttribute("data-aura-open"));
      if (!opener) return;
      event.preventDefault();
      const question = opener.dataset.auraOpen;
      await this.open(opener);
      if (question && this.#id) this.#say(question);
    }

    #restore() {
      if (this.#memory.get("id")) {
        this.#id = this.#memory.get("id");
        this.#connection.use(this.#id, this.#memory.get("token"));
        this.#log.replay();
        this.#outbox.restore();
        this.#follow();
      }
      this.#composer.write(this.#memory.get("text") ?? "");
      if (this.#memory.get("open")) this.open(null, { focus: false });
    }

    async #begin() {
      if (this.#line === "opening") return;
      this.#line = "opening";
      this.#panel.state(null);
      this.#panel.status(texts.opening);
      const customerToken = this.getAttribute(ATTRIBUTE);
      try {
        const opened = await this.#connection.open("de", customerToken);
        if (customerOf(customerToken) !== customerOf(this.getAttribute(ATTRIBUTE))) {
          this.#line = "up";
          return await this.#begin(); // somebody logged in or out meanwhile
        }
        this.#id = opened.conversation_id;
        this.#memory.keep({ id: opened.conversation_id, token: opened.token, customer: customerOf(customerToken) ?? undefined });
        this.#connection.use(opened.conversation_id, opened.token);
        this.#line = "up";
        this.#panel.status("");
        for (const data of opened.messages) this.#take({ name: "reply", data });
        this.#follow();
      } catch (error) {
        this.#line = "failed";
        this.#panel.status("");
        if (error.code === "customer_login") this.dispatchEvent(new CustomEvent(EXPIRED, { bubbles: true, composed: true }));
        this.#panel.state(error.status ? error.message : texts.openFailed, { label: texts.retry, act: () => this.#begin() });
      }
    }

    #follow() {
      this.#connection.follow({
        after: () => this.#last,
        take: (event) => {
          this.#take(event);
          // only this stream is in order: an answer's own stream may run ahead of it
          this.#last = Math.max(this.#last, event.id ?? 0);
        },
        up: () => {
          if (this.#line === "down") this.#panel.status(texts.online);
          this.#line = "up";
          this.#drops = 0;
          this.#outbox.wake();
        },
        down: () => {
          this.#drops += 1;
          if (this.#drops < 2 && navigator.onLine) return; // a proxy that closes an old line is no news
          this.#line = "down";
          this.#panel.status(texts.offline);
        },
        gone: () => {
          this.#log.node.removeAttribute("aria-busy");
          this.#panel.status("");
          this.#panel.state(texts.gone, { label: texts.again, act: () => this.#startAgain() });
        },
      });
    }

    #wake() {
      this.#connection.wake();
      this.#outbox.wake();
    }

    #say(text) {
      this.#post({ id: crypto.randomUUID(), text });
    }

    #choose(choice) {
      this.#post({ id: crypto.randomUUID(), text: choice.title, kind: "choice", choice_id: choice.id });
    }

    async #post(message) {
      if (!this.#id) await this.#begin();
      if (!this.#id) return this.#composer.write(message.text);
      this.#panel.choices([]);
      this.#outbox.add(message);
      this.#panel.toEnd();
    }

    #report(message, fate, reason) {
      if (fate === "heard") this.#working.delete(message.id);
      else if (fate === "accepted") this.#working.add(message.id);
      this.#showWork();
      if (fate === "heard") return this.#working.size === 0 ? this.#panel.draft(null, null) : undefined;
      this.#log.sending(message);
      this.#log.update(message.id, fate, {
        reason: reason?.message, again: () => this.#wake(),
        edit: () => {
          this.#log.forget(message.id);
          this.#composer.write(message.text);
          this.#composer.focus();
        },
      });
    }

    #showWork() {
      if (this.#line !== "up") return;
      const assistant = this.#state.status === "open" || this.#state.status === "closed";
      this.#panel.status(this.#working.size > 0 && assistant ? texts.writing : "");
    }

    #take({ name, data }) {
      if (name === "draft" && this.#working.has(data.message_id)) this.#panel.draft(texts.assistant, data.text);
      if (!data.seq || this.#seen.has(data.seq)) return;
      this.#seen.add(data.seq);
      try {
        this.#show(data);
      } catch (error) {
        reportError(error); // one entry that cannot be shown must not stop those after it
      }
    }

    #show(data) {
      if (data.message) this.#customerSaid(data);
      if (data.reply) this.#replied(data);
      if (data.state && data.seq > this.#stateSeq) {
        this.#stateSeq = data.seq;
        this.#turn(data.state);
      }
    }

    #customerSaid(data) {
      this.#outbox.confirm(data.message.id);
      if (data.message.kind === "survey" || !data.message.text) return;
      this.#panel.choices([]);
      this.#panel.keepingPlace(() => this.#log.said(data));
    }

    #replied(data) {
      const { reply, message_id: answered } = data;
      if (answered) this.#outbox.confirm(answered);
      this.#working.delete(answered);
      this.#showWork();
      if (reply.survey) this.#survey.offer(reply.survey);
      if (reply.delivery !== "send" || reply.blocks.length === 0 || this.#survey.asks(reply)) return;
      this.#panel.keepingPlace(() => {
        this.#panel.draft(null, null);
        const node = this.#log.reply(data);
        // below the reply, and in view with it
        this.#panel.choices(reply.choices.filter((choice) => choice.id !== "handoff:cancel"), (choice) => this.#choose(choice));
        return node;
      });
      if (this.#panel.isOpen || this.#log.node.hasAttribute("aria-busy")) return;
      this.#unseen += 1;
      this.#panel.unread(this.#unseen);
    }

    #turn(state) {
      this.#state = state;
      const again = { label: texts.again, act: () => this.#startAgain() };
      const back = { label: texts.backToAssistant, act: () => this.#choose({ id: "handoff:cancel", title: texts.backToAssistant }) };
      this.#panel.keepingPlace(() => {
        if (state.status === "waiting") this.#panel.state(texts.waiting, back);
        else if (state.status === "agent") this.#panel.state(texts.withAgent(person(state.agent)));
        else if (state.status === "closed") this.#panel.state(texts.closed, again);
        else this.#panel.state(null);
        this.#panel.end.hidden = state.status === "closed";
        return this.#survey.turn(state.survey);
      });
      this.#showWork();
    }

    async #answer(stage, answer) {
      const { reply, seq, state } = await this.#connection.survey(stage, answer);
      if (reply && seq) this.#take({ name: "reply", data: { seq, at: new Date().toISOString(), message_id: null, reply } });
      if (state) this.#survey.turn(state.survey);
    }

    async #surveyShown() {
      if (this.#memory.get("shown")) return;
      this.#memory.keep({ shown: true });
      try {
        await this.#connection.survey("shown");
      } catch {
        this.#memory.keep({ shown: undefined }); // told again after the next reload
      }
    }

    async #startAgain() {
      this.#connection.stop();
      this.#outbox.clear();
      const open = this.#panel.isOpen;
      this.#memory.clear();
      this.#memory.keep({ open });
      this.#id = null;
      this.#seen.clear();
      this.#last = 0;
      this.#stateSeq = 0;
      this.#log.clear();
      this.#survey.offer(null);
      this.#turn(FRESH);
      this.#panel.choices([]);
      this.#unseen = 0;
      this.#panel.unread(0);
      if (!open) return; // the next opening begins
      this.#composer.focus();
      await this.#begin();
    }
  };
}

/** Name a person as the customer may know them. */
function person(name) {
  if (!name) return texts.agent;
  return name.includes(texts.agent) ? name : `${name}, ${texts.agent}`;
}
