/** The way to the server: one conversation's requests, and its events as long as it lasts. */

import { readEvents } from "./events.js";

const SILENCE = 45000; // the server pings every 15 seconds
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

/** The server understood and said no; trying again does not help. */
export class Refused extends Error {
  constructor(status, message, code = null) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The server could not be reached or is overloaded; trying again may help. */
export class Unreachable extends Error {}

/** A wait that doubles, with a little chance so that a thousand clients do not return at once. */
export class Backoff {
  #wait = FIRST_WAIT;
  #sleepers = new Set();

  reset() {
    this.#wait = FIRST_WAIT;
  }

  /** Wait for the next try; `wake` ends the wait early. */
  pause() {
    const wait = this.#wait * (0.75 + Math.random() / 2);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, wait);
      this.#sleepers.add(wake);
    });
  }

  wake() {
    this.reset();
    for (const wake of this.#sleepers) wake();
  }
}

export class Connection {
  #base;
  #id = null;
  #token = null;
  #backoff = new Backoff();
  #line = null;

  /** @param base URL of the server that holds the conversation */
  constructor(base) {
    this.#base = new URL("/api/chat/conversations", base).href;
  }

  /** Start a conversation on the server. */
  async open(locale, customerToken = null) {
    this.#token = null;
    const response = await this.#request("", { method: "POST", body: { locale, customer_token: customerToken } });
    return response.json();
  }

  /** Speak for this conversation from now on. */
  use(id, token) {
    this.#id = id;
    this.#token = token;
  }

  /** Send a message and yield what it brings; ends normally only when the server is done with it. */
  async *send(message) {
    const response = await this.#request(`/${this.#id}/messages`, { method: "POST", body: message, accept: "text/event-stream" });
    yield { name: "accepted", data: { message_id: message.id } };
    try {
      for await (const event of readEvents(response.body)) {
        yield event;
        if (event.name === "done") return;
      }
    } catch (error) {
      throw new Unreachable(error.message);
    }
    throw new Unreachable("the answer broke off");
  }

  /** Send a step of the survey. */
  async survey(stage, { score = null, reason = null } = {}) {
    const response = await this.#request(`/${this.#id}/survey`, { method: "POST", body: { stage, score, reason } });
    return response.json();
  }

  /**
   * Follow the conversation until `stop`, across every loss of the line.
   * `after()` says which event was last seen; `up` and `down` tell about the line, `gone` that the token no longer counts.
   */
  async follow({ after, take, up, down, gone }) {
    this.stop();
    const line = (this.#line = new AbortController());
    while (!line.signal.aborted) {
      try {
        await this.#listen(line.signal, after, take, up);
      } catch (error) {
        if (line.signal.aborted) return;
        if (error instanceof Refused && (error.status === 401 || error.status === 404)) return gone();
      }
      if (line.signal.aborted) return;
      down();
      await this.#backoff.pause();
    }
  }

  async #listen(stopped, after, take, up) {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    stopped.addEventListener("abort", stop);
    let watch = setTimeout(stop, SILENCE);
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(stop, SILENCE);
    };
    try {
      const headers = after() > 0 ? { "Last-Event-ID": String(after()) } : {};
      const response = await this.#request(`/${this.#id}/events`, { accept: "text/event-stream", headers, signal: attempt.signal });
      this.#backoff.reset();
      up();
      for await (const event of readEvents(response.body, alive)) take(event);
    } finally {
      clearTimeout(watch);
      stopped.removeEventListener("abort", stop);
    }
  }

  /** Try again now instead of waiting. */
  wake() {
    this.#backoff.wake();
  }

  /** Stop following. */
  stop() {
    this.#line?.abort();
    this.#backoff.wake();
  }

  async #request(path, { method = "GET", body, accept = "application/json", headers = {}, signal } = {}) {
    const sent = { Accept: accept, ...headers };
    if (this.#token) sent.Authorization = `Bearer ${this.#token}`;
    if (body) sent["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(this.#base + path, {
        method, headers: sent, body: body ? JSON.stringify(body) : undefined, signal, credentials: "omit", cache: "no-store",
      });
    } catch (error) {
      throw new Unreachable(error.message);
    }
    if (response.ok) return response;
    if (response.status >= 500 || [408, 425, 429].includes(response.status)) throw new Unreachable(`status ${response.status}`);
    const { message, code } = await reason(response);
    throw new Refused(response.status, message, code);
  }
}

async function reason(response) {
  try {
    return (await response.json()).error;
  } catch {
    return { message: `Fehler ${response.status}` }; // a proxy may answer with a page instead of our JSON
  }
}
