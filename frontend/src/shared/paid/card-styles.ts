import { css } from "lit";

/** Cards of paid support, in the colours of the widget; the console's preview brings the same names. */
export const paidCardStyles = css`
  .paid {
    display: grid;
    gap: 12px;
    max-width: 420px;
    margin: 14px 0;
    padding: 14px 16px 16px;
    border: 1px solid var(--bot-line);
    border-radius: 16px;
    background: var(--bot);
    color: var(--text);
    font-size: 14px;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .paid p,
  .paid ul,
  .paid dl,
  .paid dd {
    margin: 0;
    padding: 0;
  }
  .paid ul {
    list-style: none;
  }
  .paid-head {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 10px;
  }
  .paid-icon {
    display: grid;
    grid-row: 1 / 3;
    place-items: center;
    width: 36px;
    height: 36px;
    border-radius: 11px;
    background: var(--chip);
    color: var(--accent-ink);
    font-size: 20px;
  }
  .paid.good .paid-icon {
    background: var(--agent);
    color: var(--agent-ink);
  }
  .paid-title {
    font-size: 15px;
    font-weight: 650;
    line-height: 1.3;
  }
  .paid-reference {
    grid-column: 2;
    color: var(--muted);
    font-size: 12.5px;
    line-height: 1.35;
  }
  .paid-outcome {
    grid-row: 1 / 3;
    grid-column: 3;
    padding: 2px 9px;
    border: 1px solid transparent;
    border-radius: 11px;
    background: var(--chip);
    color: var(--muted);
    font-size: 12px;
    font-weight: 600;
    line-height: 1.4;
    white-space: nowrap;
  }
  .paid-need,
  .paid-note {
    color: var(--muted);
    white-space: pre-wrap;
  }
  .paid-text {
    white-space: pre-wrap;
  }
  .paid .lines {
    display: grid;
    gap: 9px;
    padding: 0 0 11px;
    border-bottom: 1px solid var(--line);
  }
  .lines li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 14px;
  }
  .line-what {
    font-weight: 550;
  }
  .line-how {
    grid-row: 2;
    color: var(--muted);
    font-size: 12.5px;
  }
  .line-total,
  .sums dd {
    font-variant-numeric: tabular-nums;
    text-align: right;
    white-space: nowrap;
  }
  .sums,
  .facts {
    display: grid;
    gap: 5px;
  }
  .sums .sum,
  .facts > div {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 14px;
  }
  .sums dt,
  .facts dt {
    flex: none;
    color: var(--muted);
  }
  .facts dd {
    min-width: 0;
    text-align: right;
  }
  .sums .total {
    margin-top: 3px;
    font-size: 17px;
    font-weight: 700;
  }
  .sums .total dt {
    color: inherit;
  }
  .amount {
    font-size: 22px;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.01em;
    line-height: 1.25;
  }
  .paid .until {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    padding: 8px 11px;
    border-radius: 10px;
    background: var(--warn);
    color: var(--warn-ink);
    font-size: 13px;
    line-height: 1.4;
  }
  .until .icon {
    margin-top: 1px;
    font-size: 16px;
  }
  .until b {
    font-weight: 650;
  }
  .to-copy {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 1px 12px;
    padding: 10px 10px 10px 13px;
    border-radius: 12px;
    background: var(--chip);
  }
  .to-copy .label {
    color: var(--muted);
    font-size: 12.5px;
  }
  .to-copy .number {
    font-size: 18px;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    line-height: 1.3;
  }
  .to-copy > * {
    grid-column: 1;
  }
  .to-copy .copy {
    grid-row: 1 / 4;
    grid-column: 2;
  }
  .requests {
    display: grid;
  }
  .requests li {
    display: grid;
    gap: 2px;
    padding: 9px 0;
    border-top: 1px solid var(--line);
  }
  .requests li:first-child {
    padding-top: 0;
    border-top: 0;
  }
  .requests li:last-child {
    padding-bottom: 0;
  }
  .requests b {
    font-weight: 600;
  }
  .requests .what {
    display: flex;
    justify-content: space-between;
    gap: 14px;
  }
  .requests .price {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .requests .small {
    color: var(--muted);
    font-size: 12.5px;
  }
  @media (forced-colors: active) {
    .paid,
    .paid-outcome,
    .to-copy {
      border: 1px solid CanvasText;
    }
  }
`;
