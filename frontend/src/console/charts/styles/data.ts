import { css } from "lit";

/** Legends, tables and bars. */
export const dataStyles = css`
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin: 6px 0;
    font-size: 13px;
  }
  .legend li {
    display: flex;
    gap: 6px;
    align-items: center;
  }
  .swatch {
    width: 14px;
    height: 10px;
    border-radius: 3px;
    background: currentColor;
  }
  .swatch.dashed {
    height: 0;
    border-radius: 0;
    border-top: 3px dashed;
    background: none;
  }
  [data-tone="main"],
  [data-probe="main"] {
    color: var(--tone-main);
  }
  [data-tone="second"],
  [data-probe="second"] {
    color: var(--tone-second);
  }
  [data-tone="good"],
  [data-probe="good"] {
    color: var(--tone-good);
  }
  [data-tone="bad"],
  [data-probe="bad"] {
    color: var(--tone-bad);
  }
  [data-tone="quiet"],
  [data-probe="quiet"] {
    color: var(--tone-quiet);
  }
  [data-probe="text"] {
    color: var(--r-muted);
  }
  [data-probe="grid"] {
    color: var(--tone-grid);
  }
  [data-probe="surface"] {
    color: var(--r-surface);
  }
  .empty {
    padding: 28px 0;
    text-align: center;
  }
  details {
    font-size: 13px;
  }
  summary {
    width: fit-content;
    padding: 4px 0;
    color: var(--r-accent);
    cursor: pointer;
  }
  .scroll {
    max-height: 420px;
    margin-top: 8px;
    overflow: auto;
    border-radius: 8px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 8px 12px;
    border-bottom: 1px solid var(--r-line);
    text-align: right;
    white-space: nowrap;
  }
  thead th {
    position: sticky;
    top: 0;
    background: var(--r-surface);
    color: var(--r-muted);
    font-weight: 500;
    vertical-align: bottom;
    white-space: normal;
  }
  /* What a row is about stays in view while the numbers scroll. */
  th:first-child {
    position: sticky;
    left: 0;
    padding-left: 0;
    background: var(--r-surface);
    text-align: left;
  }
  thead th:first-child {
    z-index: 1;
  }
  tbody th {
    font-weight: 500;
  }
  tbody tr:last-child > * {
    border-bottom: 0;
  }
  .shares {
    display: grid;
    gap: 8px;
    margin-top: 10px;
    font-size: 13px;
  }
  .shares li {
    display: grid;
    grid-template-columns: var(--share-label, 12.5em) minmax(40px, 1fr) 3em 3em;
    gap: 10px;
    align-items: center;
  }
  .shares svg {
    width: 100%;
    height: 8px;
    border-radius: 4px;
  }
  .track {
    fill: var(--r-track);
  }
  .fill {
    fill: var(--tone-main);
  }
  .shares.short {
    --share-label: 5em;
  }
  .share-value {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .share-value.part {
    color: var(--r-muted);
  }
  .notes {
    display: grid;
    gap: 8px;
    margin-top: 10px;
    padding-left: 18px;
    list-style: disc;
  }
  .csv {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
    margin-top: 20px;
    font-size: 14px;
  }
  .csv-title {
    font-weight: 600;
  }
`;
