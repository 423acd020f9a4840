import { css } from "lit";

/** Cards, tiles and the states of the page; what narrow screens change comes last. */
export const layoutStyles = css`
  .about {
    margin: 20px 0 12px;
    color: var(--r-muted);
    font-size: 14px;
  }
  .about strong {
    color: var(--r-text);
  }
  .body {
    transition: opacity 120ms;
  }
  .stale {
    opacity: 0.55;
  }
  .card {
    padding: 18px 20px;
    border: 1px solid var(--r-line);
    border-radius: 14px;
    background: var(--r-surface);
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 16px;
  }
  .tile h2 {
    color: var(--r-muted);
    font-size: 13px;
    font-weight: 500;
  }
  .tile .value {
    margin: 4px 0 8px;
    font-size: 28px;
    font-weight: 650;
    line-height: 1.15;
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
  }
  .note,
  .notes,
  .empty {
    color: var(--r-muted);
    font-size: 13px;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 16px;
    margin-top: 16px;
  }
  /* An open table does not stretch the card beside it. */
  .grid:has(details[open]) {
    align-items: start;
  }
  .wide {
    grid-column: 1 / -1;
  }
  report-chart {
    display: grid;
    min-width: 0;
  }
  .chart {
    display: flex;
    flex-direction: column;
    gap: 6px;
    min-width: 0;
  }
  .canvas {
    position: relative;
    height: 250px;
    min-width: 0;
  }
  a {
    color: var(--r-accent);
  }
  .failure {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    align-items: center;
    justify-content: space-between;
    margin-top: 16px;
    padding: 12px 16px;
    border-radius: 12px;
    background: var(--r-error-soft);
    color: var(--r-error);
  }
  .failure .chip {
    color: var(--r-text);
  }
  .status + .tiles {
    margin-top: 20px;
  }
  .skeleton {
    min-height: 132px;
    background: var(--r-track);
    border-color: transparent;
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.5;
    }
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
    display: none;
  }
  @media (max-width: 980px) {
    .tiles {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .grid {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 560px) {
    /* Below 16 px a phone zooms into the field. */
    .field input,
    .field select {
      font-size: 16px;
    }
    .tiles {
      grid-template-columns: minmax(0, 1fr);
      gap: 10px;
    }
    .grid {
      gap: 10px;
      margin-top: 10px;
    }
    .shares {
      --share-label: 9.5em;
    }
    tbody th {
      min-width: 8em;
      max-width: 45vw;
      white-space: normal;
    }
    .card {
      padding: 14px 16px;
    }
    .dates {
      width: 100%;
    }
    .dates .field {
      flex: 1 1 120px;
    }
    .primary {
      flex: 1 0 100%;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: none;
    }
    .body {
      transition: none;
    }
  }
`;
