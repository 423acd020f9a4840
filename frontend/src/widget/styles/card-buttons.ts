import { css } from "lit";

/** What can be pressed on a card of paid support. */
export const cardButtonStyles = css`
  .copy {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 5px;
    min-width: 92px;
    min-height: 38px;
    padding: 4px 12px;
    border: 1px solid var(--line);
    border-radius: 19px;
    background: var(--surface);
    color: var(--accent-ink);
    font-size: 13px;
    font-weight: 600;
  }
  .copy:hover {
    border-color: var(--accent-ink);
  }
  .copy.done {
    border-color: transparent;
    background: var(--agent);
    color: var(--agent-ink);
  }
  .paid-buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .act {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: 1 1 auto;
    min-height: 42px;
    padding: 8px 16px;
    border: 1.5px solid color-mix(in srgb, var(--accent-ink) 45%, var(--line));
    border-radius: 21px;
    background: var(--surface);
    color: var(--accent-ink);
    font-size: 14px;
    font-weight: 600;
    line-height: 1.3;
    text-align: center;
    text-decoration: none;
  }
  .act:hover {
    border-color: var(--accent-ink);
  }
  .act.primary {
    flex-basis: 100%;
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  .act.quiet {
    border-color: transparent;
    background: none;
    color: var(--muted);
    font-weight: 550;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .act:disabled {
    border-color: transparent;
    background: var(--chip);
    color: var(--muted);
    text-decoration: none;
    cursor: default;
  }
  .paid .rating {
    margin-top: 0;
    text-align: center;
  }
  .paid .rating .score {
    margin-bottom: 10px;
  }
  @media (pointer: coarse) {
    .act,
    .copy {
      min-height: 46px;
      border-radius: 23px;
    }
  }
  @media (forced-colors: active) {
    .act.primary {
      border-color: CanvasText;
    }
  }
`;
