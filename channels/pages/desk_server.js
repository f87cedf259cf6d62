/** The desk's requests, and the line that tells when something has changed. */

import { Backoff } from "/widget/connection.js";

const PREFIX = "/api/desk";

/** The server said no, or could not be reached (`status` 0). */
export class Problem extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Ask the server; the session's cookie goes along. */
export async function ask(path, body) {
  let response;
  try {
    response = await fetch(PREFIX + path, {
      method: body === undefined ? "GET" : "POST", credentials: "same-origin", cache: "no-store",
      headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Problem(0, "Der Server ist nicht erreichbar. Bitte versuchen Sie es noch einmal.");
  }
  if (response.ok) return response.status === 204 ? null : response.json();
  throw new Problem(response.status, await reason(response));
}

async function reason(response) {
  try {
    return (await response.json()).error.message;
  } catch {
    return `Der Server antwortet mit Fehler ${response.status}.`; // a proxy may answer with a page
  }
}

/** Listen for changes until `stop`; `up` is called at every new line, because news may have been missed. */
export class Line {
  #backoff = new Backoff();
  #socket = null;
  #stopped = true;

  async listen({ up, down, changed }) {
    this.#stopped = false;
    addEventListener("online", () => this.#backoff.wake());
    while (!this.#stopped) {
      await this.#once(up, changed);
      if (this.#stopped) return;
      down();
      await this.#backoff.pause();
    }
  }

  #once(up, changed) {
    return new Promise((resolve) => {
      const address = new URL("/ws/desk", location.href);
      address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
      this.#socket = new WebSocket(address);
      this.#socket.onopen = () => {
        this.#backoff.reset();
        up();
      };
      this.#socket.onmessage = ({ data }) => {
        const news = JSON.parse(data);
        if (news.type === "changed") changed(news.conversation_id);
      };
      this.#socket.onclose = resolve;
    });
  }

  stop() {
    this.#stopped = true;
    this.#socket?.close();
    this.#backoff.wake();
  }
}
