import { css } from "lit";

const light = css`
  --surface: #ffffff;
  --canvas: #f6f8fb;
  --line: #dfe5ee;
  --text: #17202e;
  --muted: #566276;
  --bot: #ffffff;
  --bot-line: #e3e8f0;
  --agent: #e4f4ec;
  --agent-line: #c6e6d6;
  --agent-ink: #0c6240;
  --warn: #fff4d6;
  --warn-ink: #6b4700;
  --error-ink: #b3261e;
  --chip: #eef2f8;
  --star: #c47400;
  --accent-ink: var(--accent-ink-light);
  --shadow: 0 18px 48px -12px rgb(16 24 40 / 0.28), 0 4px 14px rgb(16 24 40 / 0.1);
  --launcher-shadow: 0 8px 22px -4px rgb(16 24 40 / 0.38), 0 2px 6px rgb(16 24 40 / 0.16);
`;
const dark = css`
  --surface: #181e27;
  --canvas: #10151c;
  --line: #2c3543;
  --text: #e8edf4;
  --muted: #a2aebf;
  --bot: #1f2733;
  --bot-line: #2b3544;
  --agent: #16322a;
  --agent-line: #21493c;
  --agent-ink: #7fd6ae;
  --warn: #3a2f12;
  --warn-ink: #f5d58a;
  --error-ink: #ffb4ab;
  --chip: #2a3443;
  --star: #f5b942;
  --accent-ink: var(--accent-ink-dark);
  --shadow: 0 18px 48px -8px rgb(0 0 0 / 0.7), 0 0 0 1px rgb(255 255 255 / 0.07);
  --launcher-shadow: 0 8px 22px -4px rgb(0 0 0 / 0.7), 0 0 0 1px rgb(255 255 255 / 0.1);
`;

/** Keeps the page's CSS out, on an element that the page cannot reach. */
const hostStyles = css`
  /* Important rules of a shadow tree win over important rules of the page. */
  :host {
    all: initial !important;
    direction: ltr !important;
    display: block !important;
    position: fixed !important;
    right: 0 !important;
    bottom: 0 !important;
    width: 0 !important;
    height: 0 !important;
    z-index: 2147483000 !important;
  }
`;

/** Colours of both schemes, on `.root`, and what all parts share; for whoever shows the widget's messages elsewhere as well. */
export const rootStyles = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .root {
    color-scheme: light dark;
    ${light}
    --radius: 16px;
    color: var(--text);
    font: 400 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
    -webkit-font-smoothing: antialiased;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  @media (prefers-color-scheme: dark) {
    .root {
      ${dark}
    }
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    margin: 0;
    padding: 0;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--accent-ink);
    outline-offset: 2px;
  }
  :focus:not(:focus-visible) {
    outline: none;
  }
  .icon {
    display: block;
    width: 1em;
    height: 1em;
    flex: none;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  [hidden] {
    display: none !important;
  }
  @media print {
    .root {
      display: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      /* Not merely short: any duration makes a change of colour creep down the tree, one level a frame. */
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;

/** Colours that stay, whatever the device prefers: for previews. */
export const schemeStyles = css`
  .root.light {
    color-scheme: light;
    ${light}
  }
  .root.dark {
    color-scheme: dark;
    ${dark}
  }
`;

export const themeStyles = [hostStyles, rootStyles];
