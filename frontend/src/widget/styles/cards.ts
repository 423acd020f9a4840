import { css } from "lit";

/** Notices of the system, and the cards they become while their buttons may be pressed. */
export const cardStyles = css`
  .system {
    max-width: 300px;
    margin: 14px auto;
    color: var(--muted);
    font-size: 13px;
    text-align: center;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .system ul {
    text-align: left;
  }
  .system a {
    color: var(--accent-ink);
  }
  .system.card {
    max-width: 340px;
    padding: 14px 14px 15px;
    border: 1px solid var(--bot-line);
    border-radius: 16px;
    background: var(--bot);
    color: var(--text);
    font-size: 14px;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 12px;
  }
  .choices .reply {
    flex: 1 1 auto;
    text-align: center;
  }
  .rating {
    margin-top: 6px;
  }
  .stars {
    display: flex;
    justify-content: center;
  }
  .star {
    position: relative;
    display: grid;
    place-items: center;
    width: 46px;
    height: 46px;
    border-radius: 12px;
    color: var(--muted);
    font-size: 30px;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  .star .icon {
    pointer-events: none;
    stroke-width: 1.6;
    transition: transform 0.12s;
  }
  .star:hover .icon {
    transform: scale(1.1);
  }
  .star.lit {
    color: var(--star);
  }
  .star.lit .icon {
    fill: currentColor;
  }
  /* Over the whole star, so that it is what a finger and a screen reader's frame find. */
  .star input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .star:has(:focus-visible) {
    outline: 2px solid var(--accent-ink);
    outline-offset: -3px;
  }
  .score {
    margin: 0 0 10px;
    color: var(--muted);
    font-size: 13px;
  }
  .rate {
    width: 100%;
    min-height: 40px;
    padding: 8px 16px;
    border: 1px solid transparent;
    border-radius: 20px;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 14px;
    font-weight: 600;
  }
  .rate[aria-disabled="true"] {
    background: var(--chip);
    color: var(--muted);
    cursor: default;
  }
  .given {
    margin-top: 4px;
  }
  .given .star {
    width: 24px;
    height: 24px;
    font-size: 19px;
    cursor: default;
  }
  .given .star:hover .icon {
    transform: none;
  }
  @media (pointer: coarse) {
    .rate {
      min-height: 46px;
      border-radius: 23px;
    }
  }
  @media (forced-colors: active) {
    .system.card,
    .rate {
      border-color: CanvasText;
    }
    .star.lit {
      color: Highlight;
    }
  }
`;
