/** What a reload must not lose: kept for this tab only, and only once the customer has opened the chat. */

const KEY = "aura-chat";

export class Memory {
  #kept = {};

  constructor() {
    try {
      this.#kept = JSON.parse(sessionStorage.getItem(KEY)) ?? {};
    } catch {
      this.#kept = {}; // storage may be forbidden: the chat then lives as long as the page
    }
  }

  get(name) {
    return this.#kept[name];
  }

  /** Keep some values; undefined drops one. */
  keep(values) {
    Object.assign(this.#kept, values);
    this.#store();
  }

  /** Forget all of a conversation. */
  clear() {
    this.#kept = {};
    this.#store();
  }

  #store() {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // forbidden or full: see above
    }
  }
}
