import { css } from "lit";

export const composerStyles = css`
  .privacy {
    display: flex;
    gap: 8px;
    flex: none;
    padding: 9px 16px;
    border-top: 1px solid var(--line);
    background: var(--surface);
    color: var(--muted);
    font-size: 12.5px;
    line-height: 1.4;
  }
  .privacy p {
    margin: 0;
  }
  .privacy .icon {
    margin-top: 1px;
    font-size: 16px;
  }
  .privacy a {
    color: var(--accent-ink);
    text-underline-offset: 2px;
    white-space: nowrap;
  }
  .composer {
    flex: none;
    padding: 10px max(10px, env(safe-area-inset-right)) calc(10px + env(safe-area-inset-bottom))
      max(12px, env(safe-area-inset-left));
    border-top: 1px solid var(--line);
    background: var(--surface);
  }
  .privacy + .composer {
    border-top: 0;
    padding-top: 2px;
  }
  .hint {
    margin: 0 4px 9px;
    color: var(--muted);
    font-size: 13px;
    text-align: center;
    text-wrap: balance;
  }
  .field {
    display: flex;
    align-items: flex-end;
    gap: 6px;
    padding: 3px 3px 3px 14px;
    border: 1.5px solid color-mix(in srgb, var(--muted) 65%, transparent);
    border-radius: 23px;
    background: var(--surface);
    transition: border-color 0.12s;
  }
  .field:focus-within {
    border-color: var(--accent-ink);
    box-shadow: 0 0 0 1px var(--accent-ink);
  }
  .field.over {
    border-color: var(--error-ink);
    box-shadow: 0 0 0 1px var(--error-ink);
  }
  textarea {
    flex: 1;
    min-width: 0;
    /* Five lines of 22 px and the padding. */
    height: 38px;
    max-height: 126px;
    margin: 0;
    padding: 8px 0;
    overflow-y: auto;
    border: 0;
    background: none;
    color: var(--text);
    /* Below 16 px iOS zooms into the field. */
    font: 400 16px/22px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
    resize: none;
    scrollbar-width: thin;
  }
  textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  /* The frame around it shows the focus. */
  textarea:focus-visible {
    outline: none;
  }
  .send {
    display: grid;
    place-items: center;
    flex: none;
    width: 38px;
    height: 38px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 20px;
  }
  .send[aria-disabled="true"] {
    background: var(--chip);
    color: var(--muted);
    cursor: default;
  }
  @media (pointer: coarse) {
    .field {
      padding-top: 1px;
      padding-bottom: 1px;
      padding-right: 1px;
    }
    .send {
      width: 44px;
      height: 44px;
    }
    textarea {
      height: 44px;
      max-height: 132px;
      padding: 11px 0;
    }
  }
  .counter {
    margin: 6px 6px 0;
    color: var(--muted);
    font-size: 12px;
    text-align: right;
  }
  .counter.over {
    color: var(--error-ink);
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .field:focus-within {
      outline: 2px solid Highlight;
      outline-offset: 1px;
    }
    .send {
      border-color: ButtonText;
    }
    .send[aria-disabled="true"] {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;
