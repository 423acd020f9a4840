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
    color: var(--error);
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
    border: 1px solid var(--line);
    border-radius: 999px;
    background: var(--surface);
    cursor: pointer;
    font-size: 14px;
  }
  .chip:hover {
    background: var(--chip);
  }
  .chip[aria-pressed="true"],
  .primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }
  .primary {
    border-radius: 8px;
  }
  .primary:disabled {
    border-color: var(--line);
    background: var(--chip);
    color: var(--muted);
    cursor: not-allowed;
  }
  .field {
    display: grid;
    gap: 3px;
    font-size: 12px;
    color: var(--muted);
  }
  .field input,
  .field select {
    min-height: 36px;
    padding: 6px 10px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--surface);
    color: var(--text);
    font-size: 14px;
  }
  .field.inline {
    grid-auto-flow: column;
    align-items: center;
    gap: 8px;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
`;
