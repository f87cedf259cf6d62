/** The agents' desk: who waits, who is being served, and the conversation that is open. */

import { element, show } from "/widget/elements.js";
import { waiting } from "/widget/texts.js";
import { DeskConversation } from "/pages/desk_conversation.js";
import { ask, Line } from "/pages/desk_server.js";

const CHANNELS = { web: "Webchat", whatsapp: "WhatsApp", telegram: "Telegram", voice: "Telefon" };
const ROUND = 30000; // ms

const at = (id) => document.getElementById(id);
const line = new Line();
let me = null;
let known = null; // ids of those who waited when we last looked
let fetching = null;
let again = false;

const conversation = new DeskConversation({ node: at("conversation"), changed: refresh, failed: report });

function say(text) {
  at("status").textContent = text;
}

function report(problem) {
  if (problem.status === 401) return leave("Ihre Sitzung ist abgelaufen. Bitte melden Sie sich erneut an.");
  say(problem.message);
}

/** Fetch queue and open conversation; calls that come meanwhile are answered by one more round. */
async function refresh() {
  if (fetching) {
    again = true;
    return fetching;
  }
  fetching = rounds();
  await fetching;
  fetching = null;
}

async function rounds() {
  do {
    again = false;
    try {
      draw(await ask("/conversations"));
      await conversation.refresh();
    } catch (problem) {
      report(problem);
    }
  } while (again && me);
}

function draw(queue) {
  fill("waiting", queue.waiting, "Niemand wartet.");
  fill("active", queue.active, "Kein Gespräch in Bearbeitung.");
  at("waiting-title").textContent = `Wartend (${queue.waiting.length})`;
  at("active-title").textContent = `In Bearbeitung (${queue.active.length})`;
  document.title = `${queue.waiting.length ? `(${queue.waiting.length}) ` : ""}Arbeitsplatz Kundenservice – Talfunk`;
  const ids = new Set(queue.waiting.map((card) => card.conversation_id));
  const fresh = queue.waiting.filter((card) => known && !known.has(card.conversation_id));
  if (fresh.length) say(`Neu in der Warteschlange: ${fresh.map((card) => card.handoff?.label ?? "Gespräch").join(", ")}`);
  else if (!queue.waiting.length && known?.size) say("");
  known = ids;
}

function fill(id, cards, nobody) {
  const list = at(id);
  const focused = document.activeElement?.closest?.("button.entry")?.dataset.id;
  list.replaceChildren(...(cards.length ? cards.map(entry) : [element("li", { class: "nobody" }, nobody)]));
  if (focused) list.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function entry(card) {
  const wait = card.status === "waiting" && card.waiting_since
    ? element("span", { class: "wait", "data-since": card.waiting_since }, `wartet ${waiting(card.waiting_since)}`)
    : element("span", { class: "wait" }, card.agent === me.display_name ? "bei Ihnen" : `bei ${card.agent}`);
  return element("li", {}, element("button", {
    type: "button", class: "entry", "data-id": card.conversation_id,
    "aria-current": card.conversation_id === conversation.id ? "true" : null, onclick: () => open(card.conversation_id),
  },
  element("span", { class: "reason" }, `${card.handoff?.urgent ? "Dringend: " : ""}${card.handoff?.label ?? "Gespräch"}`),
  element("span", { class: "facts" }, `${CHANNELS[card.channel] ?? card.channel}, `, wait),
  element("span", { class: "summary" }, card.handoff?.summary || card.last || "")));
}

async function open(id) {
  try {
    await conversation.open(id, me);
  } catch (problem) {
    conversation.close();
    report(problem);
  }
  for (const other of document.querySelectorAll("button.entry"))
    if (other.dataset.id === conversation.id) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
}

function enter(account) {
  me = account;
  known = null;
  at("me").textContent = account.display_name;
  show(at("login"), false);
  show(at("desk"), true);
  show(at("account"), true);
  say("");
  line.listen({
    up: () => {
      say("");
      refresh();
    },
    down: async () => {
      say("Die Verbindung ist unterbrochen und wird wiederhergestellt …");
      await refresh(); // finds out whether it is the line or the session
    },
    changed: refresh,
  });
  refresh();
}

function leave(problem = "") {
  me = null;
  line.stop();
  conversation.close();
  show(at("desk"), false);
  show(at("account"), false);
  show(at("login"), true);
  say("");
  at("password").value = "";
  at("login-problem").textContent = problem;
  at("name").focus();
}

at("login-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const [name, password, problem] = [at("name"), at("password"), at("login-problem")];
  const missing = [name, password].filter((field) => !field.value);
  for (const field of [name, password]) field.toggleAttribute("aria-invalid", false);
  problem.textContent = missing.length ? "Bitte geben Sie Name und Passwort ein." : "";
  for (const field of missing) field.setAttribute("aria-invalid", "true");
  if (missing.length) return missing[0].focus();
  try {
    enter(await ask("/login", { name: name.value.trim(), password: password.value }));
    at("waiting-title").setAttribute("tabindex", "-1");
    at("waiting-title").focus();
  } catch (error) {
    problem.textContent = error.message;
    for (const field of [name, password]) field.setAttribute("aria-invalid", "true");
    password.select();
    password.focus();
  }
});

at("logout").addEventListener("click", async () => {
  try {
    await ask("/logout", {});
  } catch (problem) {
    if (problem.status !== 401) return report(problem);
  }
  leave();
});

setInterval(() => {
  if (me) refresh(); // nobody may wait unseen because one piece of news went missing
  for (const wait of document.querySelectorAll("[data-since]")) wait.textContent = `wartet ${waiting(wait.dataset.since)}`;
}, ROUND);

try {
  enter(await ask("/me"));
} catch (problem) {
  leave(problem.status === 401 ? "" : problem.message);
}
