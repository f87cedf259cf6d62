/** The field in which the customer writes. */

import { element, icon } from "./elements.js";
import { texts } from "./texts.js";

const LONGEST = 4000;

export class Composer {
  node;
  #field;

  /** @param send receives the written text; @param changed receives what stands in the field */
  constructor({ send, changed }) {
    this.#field = element("textarea", {
      id: "message", rows: "1", maxlength: LONGEST, placeholder: texts.input, enterkeyhint: "send", autocomplete: "off",
      oninput: () => {
        this.#grow();
        changed(this.#field.value);
      },
      onkeydown: (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        submit(event);
      },
    });
    const submit = (event) => {
      event.preventDefault();
      const text = this.#field.value.trim();
      if (!text) return this.focus();
      this.write("");
      changed("");
      send(text);
      this.focus();
    };
    this.node = element("form", { class: "composer", onsubmit: submit },
      element("label", { for: "message", class: "spoken" }, texts.input),
      this.#field,
      element("button", { type: "submit", class: "send", "aria-label": texts.send, title: texts.send }, icon("M5 12h14M13 6l6 6-6 6")));
  }

  focus() {
    this.#field.focus();
  }

  /** Put a text into the field, as after a reload or to change a refused message. */
  write(text) {
    this.#field.value = text;
    this.#grow();
  }

  #grow() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight + 2}px`;
  }
}
