/** Reading server-sent events through fetch, which can send the conversation's token. */

/**
 * Yield the events of a response body as `{id, name, data}`, with the data parsed.
 * `alive` is called for every byte that arrives, so that the caller can notice a dead line.
 */
export async function* readEvents(body, alive = () => {}) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let event = blank();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      alive();
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        const text = line.endsWith("\r") ? line.slice(0, -1) : line;
        if (text !== "") {
          take(event, text);
          continue;
        }
        if (event.lines.length > 0) yield { id: event.id, name: event.name, data: JSON.parse(event.lines.join("\n")) };
        event = blank();
      }
    }
  } finally {
    reader.cancel().catch(() => {}); // a line that is already broken cannot be broken off
  }
}

const blank = () => ({ id: null, name: "message", lines: [] });

function take(event, line) {
  const colon = line.indexOf(":");
  if (colon === 0) return; // a comment keeps the line alive
  const field = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  if (field === "data") event.lines.push(value);
  else if (field === "event") event.name = value;
  else if (field === "id") event.id = Number(value);
}
