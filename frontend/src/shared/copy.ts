/** Puts `text` on the clipboard; false where the browser refuses. Plain-http pages have no clipboard API. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  // Through CSSOM, which a strict Content-Security-Policy allows; the widget's page has no stylesheet of ours.
  Object.assign(field.style, { position: "fixed", top: "0", left: "0", opacity: "0" });
  const active = focused();
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  active?.focus();
  return done;
}

/** The element that has the focus, also within shadow roots. */
function focused(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}
