import { css } from "lit";

/** The colours follow `color-scheme`, which the console sets to the chosen theme. */
export const themeStyles = css`
  :host {
    display: block;
    /* The console's colours, where it is around. */
    --r-surface: var(--surface, light-dark(#ffffff, #181e27));
    --r-line: var(--line, light-dark(#dfe5ee, #2c3543));
    --r-text: var(--text, light-dark(#17202e, #e8edf4));
    --r-muted: var(--muted, light-dark(#566276, #a2aebf));
    --r-accent: var(--accent, light-dark(#0b57d0, #8ab4f8));
    --r-fill: var(--accent-fill, light-dark(#0b57d0, #2f6fed));
    --r-on-fill: #ffffff;
    --r-chip: var(--hover, light-dark(#eef2f8, #2a3443));
    --r-track: light-dark(#eaeff6, #2b3442);
    --r-error: var(--bad, light-dark(#b3261e, #ffb4ab));
    --r-error-soft: var(--bad-soft, light-dark(#fdeceb, #3a1d1b));
    --tone-main: light-dark(#1f6feb, #6ea8fe);
    --tone-second: light-dark(#c2570c, #f0a35e);
    --tone-good: light-dark(#0f8a5f, #4cc38a);
    --tone-bad: light-dark(#c2323f, #f2727f);
    --tone-quiet: light-dark(#a9b3c1, #6b7788);
    --tone-grid: light-dark(#e6ebf2, #2b3442);
    color: var(--r-text);
    font-size: 14px;
    line-height: 1.45;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .page {
    max-width: 1240px;
    margin: 0 auto;
  }
  h1,
  h2,
  h3,
  p,
  ul {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  h1 {
    font-size: 24px;
    line-height: 1.2;
    letter-spacing: -0.01em;
  }
  h2 {
    font-size: 15px;
    font-weight: 600;
  }
  h3 {
    margin-top: 14px;
    font-size: 13px;
    font-weight: 600;
  }
`;
