const BEYOND = 8;
const STEP = 4;

/** Which rows of `rowHeight` pixels are to be in the page: those in sight and a few around, in steps, so that not every pixel renders anew. */
export function visibleRange(scrollTop: number, height: number, count: number, rowHeight: number): { first: number; end: number } {
  const top = Math.floor(scrollTop / rowHeight) - BEYOND;
  const first = Math.max(0, Math.floor(top / STEP) * STEP);
  const shown = Math.ceil(height / rowHeight) + 2 * BEYOND + STEP;
  return { first: Math.min(first, Math.max(0, count - 1)), end: first + shown };
}
