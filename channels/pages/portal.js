/** The demo portal's log-in: a list of synthetic customers, one of whom the visitor may be. */

const KEY = "talfunk-demo";
const SERVER = "/api/demo/customers";
const section = document.querySelector("#anmelden");
const session = section.querySelector(".session");
const logOut = section.querySelector("#abmelden");
const confirmed = section.querySelector("#stufe");

/** Ask for the customers; a portal without the demo system has no such list, and this part stays hidden. */
async function start() {
  const response = await fetch(SERVER);
  if (!response.ok) return;
  const { customers } = await response.json();
  section.querySelector(".people").append(...customers.map(entry));
  for (const part of document.querySelectorAll("[data-demo]")) part.hidden = false;
  logOut.addEventListener("click", () => leave());
  // the chat has found that its proof is too old: the log-in of this page still holds
  document.addEventListener("aura-customer-token-expired", () => {
    const kept = remembered();
    if (kept) prove(kept);
  });
  const kept = remembered();
  show(kept);
  if (kept) await prove(kept);
}

function entry(customer) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  const story = document.createElement("p");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = `Anmelden als ${customer.name}`;
  story.textContent = `Kundennummer ${customer.customer_no}: ${customer.story}`;
  story.id = `wer-${customer.customer_no}`;
  button.setAttribute("aria-describedby", story.id);
  button.addEventListener("click", () => enter({ ...customer, level: confirmed.checked ? 3 : 2 }));
  item.append(button, story);
  return item;
}

async function enter(customer) {
  await leave(); // also the same customer begins anew: another level is another proof
  if (!(await prove(customer))) return;
  sessionStorage.setItem(KEY, JSON.stringify(customer));
  show(customer);
}

/** Fetch a token as a portal does for its visitor, and hand it to the chat. */
async function prove({ customer_no: number, level }) {
  const body = JSON.stringify({ level });
  const response = await fetch(`${SERVER}/${number}/token`, { method: "POST", body, headers: { "Content-Type": "application/json" } });
  if (!response.ok) {
    session.textContent = "Die Anmeldung hat nicht funktioniert. Bitte versuchen Sie es noch einmal.";
    return false;
  }
  const { customer_token: token } = await response.json();
  (await chat()).dataset.customerToken = token;
  return true;
}

async function leave() {
  sessionStorage.removeItem(KEY);
  show(null);
  delete (await chat()).dataset.customerToken;
}

function show(customer) {
  logOut.hidden = customer === null;
  session.textContent = customer ? `Sie sind angemeldet als ${customer.name}, Kundennummer ${customer.customer_no}.` : "Sie sind nicht angemeldet.";
}

function remembered() {
  return JSON.parse(sessionStorage.getItem(KEY));
}

async function chat() {
  await customElements.whenDefined("aura-chat");
  return document.querySelector("aura-chat");
}

start();
