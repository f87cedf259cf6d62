/**
 * Who is logged in to the portal, as its page tells the chat: `<aura-chat data-customer-token="…">`.
 *
 * The token is the server's to believe; here it only tells whether the visitor is still the same.
 * It is short-lived: when it has expired, the element sends `aura-customer-token-expired`, and the page
 * sets a new one. Taking the attribute away logs out.
 */

export const ATTRIBUTE = "data-customer-token";
export const EXPIRED = "aura-customer-token-expired";

/** Name the customer of a token, or null. */
export function customerOf(token) {
  try {
    const claims = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(claims)).sub ?? null;
  } catch {
    return null; // no token, or none of ours: the server will say so
  }
}
