/** The survey: one question for everybody, eleven equal answers, nothing chosen beforehand. */

import { button, element, show } from "./elements.js";
import { texts } from "./texts.js";

const SCORES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

export class Survey {
  node = element("div", { class: "survey", hidden: true });
  #answer;
  #shown;
  #watcher = null;
  #prompt = null;

  /**
   * @param answer sends a stage: `async (stage, {score, reason})`
   * @param shown called once the question can really be seen
   */
  constructor({ answer, shown }) {
    this.#answer = answer;
    this.#shown = shown;
  }

  /** Offer the survey of a reply; it becomes visible with `turn`. */
  offer(prompt) {
    this.#prompt = prompt;
  }

  /** Whether a reply only repeats what the form asks. */
  asks(reply) {
    return this.#prompt !== null && reply.blocks.length === 1 && reply.blocks[0].text === this.#prompt.why;
  }

  /** Follow the survey's state: `none`, `open`, `scored` or `done`. Returns what has newly appeared. */
  turn(state) {
    const form = !this.#prompt ? null : state === "open" ? "open" : state === "scored" ? "scored" : null;
    if ((this.node.dataset.form ?? "") === (form ?? "")) return null;
    const focused = this.node.contains(this.node.getRootNode().activeElement);
    this.#watcher?.disconnect();
    this.node.dataset.form = form ?? "";
    this.node.replaceChildren(...(form === "open" ? [this.#question()] : form === "scored" ? [this.#why()] : []));
    show(this.node, form !== null);
    if (form === "open") this.#watch();
    if (focused && form === "scored") this.node.querySelector("textarea").focus();
    if (focused && form === null) this.node.dispatchEvent(new Event("left", { bubbles: true }));
    return form === null ? null : this.node;
  }

  #watch() {
    this.#watcher = new IntersectionObserver((seen) => {
      if (!seen.some((entry) => entry.isIntersecting) || document.visibilityState !== "visible") return;
      this.#watcher.disconnect();
      this.#shown();
    }, { threshold: 0.6 });
    this.#watcher.observe(this.node.querySelector(".scores"));
  }

  #question() {
    const prompt = this.#prompt;
    const problem = element("p", { class: "problem", id: "survey-problem", role: "alert" });
    const scores = SCORES.map((score) => element("label", { class: "score" },
      element("input", {
        type: "radio", name: "score", value: score,
        "aria-describedby": score === 0 ? "survey-low" : score === 10 ? "survey-high" : null,
      }),
      element("span", {}, String(score))));
    const send = async (event) => {
      event.preventDefault();
      const chosen = form.querySelector("input:checked");
      if (!chosen) {
        problem.textContent = texts.surveyMissing(prompt.skip);
        return form.querySelector("input").focus();
      }
      await this.#send(form, problem, "score", { score: Number(chosen.value) });
    };
    const form = element("form", { onsubmit: send, novalidate: true },
      element("fieldset", { "aria-describedby": "survey-problem" },
        element("legend", {}, prompt.question),
        element("div", { class: "scores" }, ...scores),
        element("div", { class: "ends" },
          element("span", { id: "survey-low" }, `0 = ${prompt.low}`),
          element("span", { id: "survey-high" }, `10 = ${prompt.high}`))),
      problem,
      element("div", { class: "answers" },
        element("button", { type: "submit" }, prompt.submit),
        button(prompt.skip, () => this.#send(form, problem, "declined")),
        button(prompt.never_again, () => this.#send(form, problem, "never_again"))));
    return form;
  }

  #why() {
    const prompt = this.#prompt;
    const problem = element("p", { class: "problem", role: "alert" });
    const reason = element("textarea", { id: "survey-why", rows: "3", maxlength: "2000" });
    const send = (event) => {
      event.preventDefault();
      const written = reason.value.trim();
      return written ? this.#send(form, problem, "why", { reason: written }) : this.#send(form, problem, "declined");
    };
    const form = element("form", { onsubmit: send },
      element("label", { for: "survey-why" }, prompt.why),
      reason,
      problem,
      element("div", { class: "answers" },
        element("button", { type: "submit" }, prompt.submit),
        button(prompt.skip, () => this.#send(form, problem, "declined"))));
    return form;
  }

  async #send(form, problem, stage, answer = {}) {
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    problem.textContent = "";
    try {
      await this.#answer(stage, answer);
    } catch (error) {
      problem.textContent = error.status ? error.message : texts.surveyFailed;
    } finally {
      form.removeAttribute("aria-busy");
    }
  }
}
