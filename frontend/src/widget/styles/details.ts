import { css } from "lit";

/** What stands around the bubbles: times and states, chips, typing dots, intro. */
export const detailStyles = css`
  .meta {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    grid-column: 2;
    gap: 4px 6px;
    margin: 4px 2px 0;
    color: var(--muted);
    font-size: 12px;
    line-height: 1.4;
  }
  .row.customer > * {
    grid-column: 1;
  }
  .row.customer .meta {
    justify-content: flex-end;
    text-align: right;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 3px;
  }
  .state .icon {
    font-size: 13px;
  }
  .failed .state {
    color: var(--error-ink);
    font-weight: 600;
  }
  .failure {
    display: flex;
    align-items: flex-start;
    justify-self: end;
    gap: 5px;
    margin: 5px 2px 0;
    color: var(--error-ink);
    font-size: 12.5px;
    text-align: left;
  }
  .failure .icon {
    margin-top: 1.5px;
    font-size: 15px;
  }
  .actions {
    display: flex;
    justify-self: end;
    gap: 8px;
    margin-top: 6px;
  }
  .small-button {
    min-height: 32px;
    padding: 4px 12px;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--surface);
    font-size: 13px;
    font-weight: 550;
  }
  .small-button:hover {
    border-color: var(--accent-ink);
  }
  .clauses {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin: 8px 0 2px;
    padding: 0;
    list-style: none;
  }
  .clauses li {
    padding: 1px 8px;
    border: 1px solid transparent;
    border-radius: 8px;
    background: var(--chip);
    color: var(--muted);
    font-size: 12px;
    font-weight: 550;
  }
  .replies {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 12px 0 2px 36px;
  }
  .reply {
    min-height: 38px;
    max-width: 100%;
    padding: 7px 14px;
    border: 1.5px solid color-mix(in srgb, var(--accent-ink) 45%, var(--line));
    border-radius: 19px;
    background: var(--surface);
    color: var(--accent-ink);
    font-size: 14px;
    font-weight: 550;
    line-height: 1.35;
    text-align: left;
    overflow-wrap: anywhere;
    transition: background-color 0.12s, border-color 0.12s;
  }
  .reply:hover {
    border-color: var(--accent-ink);
    background: color-mix(in srgb, var(--accent-ink) 8%, var(--surface));
  }
  .starters {
    flex-direction: column;
    align-items: flex-start;
  }
  /* A phone on its side is wide and low. */
  @media (min-width: 481px) and (max-height: 430px) {
    .starters {
      flex-direction: row;
    }
  }
  .dots {
    display: inline-flex;
    gap: 4px;
    padding: 14px 14px;
  }
  .dots i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--muted);
    animation: bounce 1.2s infinite ease-in-out;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes bounce {
    0%,
    60%,
    100% {
      opacity: 0.45;
      transform: none;
    }
    30% {
      opacity: 1;
      transform: translateY(-3px);
    }
  }
  .jump {
    position: absolute;
    bottom: 12px;
    left: 50%;
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 36px;
    padding: 6px 14px;
    border: 1px solid transparent;
    border-radius: 18px;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 13px;
    font-weight: 600;
    box-shadow: var(--launcher-shadow);
    transform: translateX(-50%);
  }
  /* Fingers need more room than a mouse. */
  @media (pointer: coarse) {
    .reply,
    .small-button,
    .jump {
      min-height: 44px;
      border-radius: 22px;
    }
  }
  @media (forced-colors: active) {
    .dots i {
      background: CanvasText;
    }
    .clauses li,
    .jump {
      border-color: CanvasText;
    }
  }
`;
