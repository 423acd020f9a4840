import { css } from "lit";

export const messageStyles = css`
  .body {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
    background: var(--canvas);
  }
  .scroll {
    flex: 1;
    min-height: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding: 16px max(14px, env(safe-area-inset-right)) 14px max(14px, env(safe-area-inset-left));
    scrollbar-width: thin;
    scrollbar-color: color-mix(in srgb, var(--muted) 55%, transparent) transparent;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  .day {
    display: flex;
    align-items: center;
    gap: 10px;
    margin: 16px 0 12px;
    color: var(--muted);
    font-size: 12px;
    font-weight: 550;
  }
  .day::before,
  .day::after {
    content: "";
    flex: 1;
    height: 1px;
    background: var(--line);
  }
  .row {
    display: grid;
    grid-template-columns: 28px minmax(0, 1fr);
    column-gap: 8px;
    margin-top: 3px;
  }
  .row.start {
    margin-top: 14px;
  }
  .day + .row,
  .row:first-child {
    margin-top: 0;
  }
  .face {
    grid-row: 1;
    align-self: end;
    display: grid;
    place-items: center;
    width: 28px;
    height: 28px;
    border-radius: 50%;
    background: var(--chip);
    color: var(--accent-ink);
    font-size: 20px;
  }
  .row.agent .face {
    background: var(--agent);
    color: var(--agent-ink);
  }
  .column {
    grid-column: 2;
    grid-row: 1;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    min-width: 0;
  }
  .row.customer {
    grid-template-columns: minmax(0, 1fr);
    padding-left: 48px;
  }
  .row.customer .column {
    grid-column: 1;
    align-items: flex-end;
  }
  .name {
    margin: 0 2px 4px;
    color: var(--agent-ink);
    font-size: 12.5px;
    font-weight: 650;
  }
  .bubble {
    max-width: min(100%, 560px);
    padding: 9px 13px;
    border: 1px solid var(--bot-line);
    border-radius: 6px 16px 16px 6px;
    background: var(--bot);
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .row.start .bubble {
    border-top-left-radius: 16px;
  }
  .row.end .bubble {
    border-bottom-left-radius: 4px;
  }
  .row.agent .bubble {
    border-color: var(--agent-line);
    background: var(--agent);
  }
  .row.customer .bubble {
    border-color: transparent;
    border-radius: 16px 6px 6px 16px;
    background: var(--accent);
    color: var(--on-accent);
  }
  .row.customer.start .bubble {
    border-top-right-radius: 16px;
  }
  .row.customer.end .bubble {
    border-bottom-right-radius: 4px;
  }
  .row.failed .bubble {
    border-color: var(--error-ink);
    background: transparent;
    color: var(--text);
  }
  .text p,
  .text ul {
    margin: 0;
  }
  .text p {
    white-space: pre-wrap;
  }
  .text ul {
    padding-left: 19px;
  }
  .text > * + p {
    margin-top: 7px;
  }
  .text > * + ul {
    margin-top: 4px;
  }
  .text li + li {
    margin-top: 3px;
  }
  .bubble a {
    color: var(--accent-ink);
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .row.agent .bubble a {
    color: inherit;
  }
  @media (forced-colors: active) {
    .bubble,
    .row.customer .bubble {
      border-color: CanvasText;
    }
    .face {
      border: 1px solid CanvasText;
    }
  }
`;
