/** What the chat window itself says, and how it writes dates. */

const DAY = new Intl.DateTimeFormat("de-DE", { day: "numeric", month: "long", year: "numeric", timeZone: "Europe/Berlin" });
const DATE = new Intl.DateTimeFormat("de-DE", { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" });
const TIME = new Intl.DateTimeFormat("de-DE", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" });

/** Write a moment as „14:30 Uhr“. */
export const clock = (at) => `${TIME.format(new Date(at))} Uhr`;

/** Write the day of a moment as „22. November 2026“. */
export const day = (at) => DAY.format(new Date(at));

/** Write a calendar date such as „2026-11-22“ as „22.11.2026“. */
export const date = (iso) => DATE.format(new Date(`${iso}T00:00:00Z`));

/** Say how long ago a moment was, in whole minutes or hours. */
export function waiting(since, now = Date.now()) {
  const minutes = Math.max(0, Math.floor((now - new Date(since).getTime()) / 60000));
  if (minutes < 1) return "seit weniger als 1 Minute";
  if (minutes < 60) return `seit ${minutes} ${minutes === 1 ? "Minute" : "Minuten"}`;
  const hours = Math.floor(minutes / 60);
  return `seit ${hours} ${hours === 1 ? "Stunde" : "Stunden"}`;
}

export const texts = {
  open: "Chat öffnen",
  openNew: (count) => `Chat öffnen, ${count} neue ${count === 1 ? "Nachricht" : "Nachrichten"}`,
  close: "Chat schließen",
  assistant: "KI-Assistent",
  agent: "Kundenservice",
  you: "Sie",
  log: "Gesprächsverlauf",
  table: "Tabelle",
  person: "Mitarbeiter",
  end: "Gespräch beenden",
  endAsk: "Möchten Sie das Gespräch wirklich beenden?",
  endYes: "Ja, beenden",
  endNo: "Nein, fortsetzen",
  again: "Neues Gespräch",
  input: "Ihre Nachricht",
  send: "Nachricht senden",
  privacy: "Datenschutz",
  newTab: "(öffnet in einem neuen Tab)",
  choices: "Vorschläge",
  sources: "Quellen",
  source: (number) => `Quelle ${number}`,
  asOf: (iso) => `Stand ${date(iso)}`,
  page: (number) => `Seite ${number}`,
  excerpt: "Auszug",
  opening: "Das Gespräch wird geöffnet …",
  openFailed: "Das Gespräch konnte nicht geöffnet werden. Bitte prüfen Sie Ihre Internetverbindung.",
  retry: "Erneut versuchen",
  offline: "Keine Verbindung. Das Gespräch geht weiter, sobald Sie wieder online sind.",
  online: "Die Verbindung ist wieder da.",
  gone: "Dieses Gespräch ist nicht mehr verfügbar.",
  writing: "Der KI-Assistent schreibt …",
  waiting: "Sie warten auf einen Menschen aus dem Kundenservice.",
  backToAssistant: "Doch mit dem Assistenten weiter",
  withAgent: (name) => `Sie schreiben mit ${name}.`,
  closed: "Das Gespräch ist beendet.",
  sending: "wird gesendet …",
  unsent: "nicht gesendet",
  resend: "erneut senden",
  edit: "Text ändern",
  surveyMissing: (skip) => `Bitte wählen Sie eine Zahl von 0 bis 10 oder „${skip}“.`,
  surveyFailed: "Ihre Antwort konnte nicht gesendet werden. Bitte versuchen Sie es noch einmal.",
};
