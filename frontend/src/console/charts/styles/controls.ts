import { css } from "lit";

/** The range at the top. */
export const controlStyles = css`
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 16px 32px;
    align-items: flex-end;
    justify-content: space-between;
  }
  .range,
  .presets,
  .dates {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: flex-end;
  }
  .presets {
    gap: 6px;
  }
  .problem {
    flex-basis: 100%;
    color: var(--r-error);
    font-size: 13px;
  }
  .problem:empty {
    display: none;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  .chip,
  .primary {
    min-height: 36px;
    padding: 6px 14px;
    border: 1px solid var(--r-line);
    border-radius: 999px;
    background: var(--r-surface);
    cursor: pointer;
    font-size: 14px;
  }
  .chip:hover {
    background: var(--r-chip);
  }
  .chip[aria-pressed="true"],
  .primary {
    border-color: var(--r-fill);
    background: var(--r-fill);
    color: var(--r-on-fill);
  }
  .primary {
    border-radius: 8px;
  }
  .primary:disabled {
    border-color: var(--r-line);
    background: var(--r-chip);
    color: var(--r-muted);
    cursor: not-allowed;
  }
  .field {
    display: grid;
    gap: 3px;
    font-size: 12px;
    color: var(--r-muted);
  }
  .field input,
  .field select {
    min-height: 36px;
    padding: 6px 10px;
    border: 1px solid var(--r-line);
    border-radius: 8px;
    background: var(--r-surface);
    color: var(--r-text);
    font-size: 14px;
  }
  .field.inline {
    grid-auto-flow: column;
    align-items: center;
    gap: 8px;
  }
  :focus-visible {
    outline: 2px solid var(--r-accent);
    outline-offset: 2px;
  }
`;
