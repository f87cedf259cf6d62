/**
 * The one script tag that puts the chat on a page:
 *
 *     <script src="/widget/aura-widget.js" data-title="Aura" data-privacy="/datenschutz"></script>
 *
 * Settings: `data-server` (default: where this script comes from), `data-title`, `data-subtitle`,
 * `data-privacy` (link below the field). Colours and shape: the `--aura-…` variables in aura-widget.css.
 * `data-customer-token` on the element: who has logged in to the portal, see customer.js.
 * An `<aura-chat>` of the page's own is used where it stands; otherwise one is added.
 */
(() => {
  const script = document.currentScript ?? document.querySelector('script[src*="aura-widget.js"]');
  const here = new URL(script.src);
  const settings = { server: here.origin, ...script.dataset };

  async function start() {
    const [{ chat }, ...styles] = await Promise.all([
      import(new URL("chat.js", here).href),
      ...["aura-widget.css", "messages.css"].map((name) => fetch(new URL(name, here).href).then((response) => response.text())),
    ]);
    if (customElements.get("aura-chat")) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles.join("\n"));
    customElements.define("aura-chat", chat(sheet, settings));
    if (!document.querySelector("aura-chat")) document.body.append(document.createElement("aura-chat"));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
