/** The path of a link under `base` that `event` follows, which the console shows without loading a page; null for any other click. */
export function followedPath(event: MouseEvent, base: string): string | null {
  const link = (event.target as Element).closest?.(`a[href^='${base}']`);
  if (!link || event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  event.preventDefault();
  return link.getAttribute("href");
}
