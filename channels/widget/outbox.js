/** Messages on their way: sent in order, again after every loss of the line, under the id they were born with. */

import { Backoff, Refused } from "./connection.js";

const ASK_AFTER = 2; // failed tries after which the customer is told, and may try by hand

export class Outbox {
  #queue = [];
  #flying = new Set();
  #running = false;
  #failed = 0;
  #backoff = new Backoff();
  #connection;
  #memory;
  #report;
  #take;

  /**
   * @param report tells what becomes of a message: `(message, fate, reason)`
   * @param take receives the events that an answer brings
   */
  constructor({ connection, memory, report, take }) {
    this.#connection = connection;
    this.#memory = memory;
    this.#report = report;
    this.#take = take;
  }

  /** Send what an earlier page could not. */
  restore() {
    for (const message of this.#memory.get("unsent") ?? []) this.#queue.push(message);
    for (const message of this.#queue) this.#report(message, "sending");
    this.#run();
  }

  add(message) {
    this.#queue.push(message);
    this.#keep();
    this.#report(message, "sending");
    this.#failed = 0;
    this.#backoff.wake();
    this.#run();
  }

  /** The server has this message: it stands in the log. */
  confirm(id) {
    this.#queue = this.#queue.filter((message) => message.id !== id);
    this.#keep();
  }

  /** Try again now. */
  wake() {
    this.#failed = 0;
    for (const message of this.#queue) if (!this.#flying.has(message.id)) this.#report(message, "sending");
    this.#backoff.wake();
  }

  clear() {
    this.#queue = [];
    this.#backoff.wake();
  }

  #keep() {
    this.#memory.keep({ unsent: this.#queue });
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    for (;;) {
      const message = this.#queue.find(({ id }) => !this.#flying.has(id));
      if (!message) break;
      if (await this.#send(message)) continue;
      this.#failed += 1;
      if (this.#failed >= ASK_AFTER || !navigator.onLine) for (const waiting of this.#queue) this.#report(waiting, "unsent");
      await this.#backoff.pause();
    }
    this.#running = false;
  }

  /** Hand over one message; true as soon as the server accepted or refused it. */
  async #send(message) {
    this.#flying.add(message.id);
    const events = this.#connection.send(message);
    try {
      await events.next();
    } catch (error) {
      this.#flying.delete(message.id);
      if (!(error instanceof Refused) || error.status === 409) return false; // 409: the turn before still runs
      this.confirm(message.id);
      this.#report(message, "refused", error);
      return true;
    }
    this.#failed = 0;
    this.#backoff.reset();
    this.#report(message, "accepted");
    this.#hear(message, events);
    return true;
  }

  async #hear(message, events) {
    try {
      for await (const event of events) this.#take(event);
      this.confirm(message.id);
    } catch {
      // broken off before the end: if the log has not shown the message yet it goes out again, under its id
      if (this.#queue.includes(message)) await this.#backoff.pause();
    } finally {
      this.#flying.delete(message.id);
      this.#report(message, "heard");
      this.#run();
    }
  }
}
