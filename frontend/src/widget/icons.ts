import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

/** Decorative line icons; their buttons carry the names. */
const icon = (content: SVGTemplateResult): TemplateResult => html`<svg class="icon" viewBox="0 0 24 24"
  fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"
  aria-hidden="true" focusable="false">${content}</svg>`;

export const chatIcon = icon(svg`<path d="M20.5 11.5a8 8 0 0 1-11.6 7.1L4 20l1.4-4.6a8 8 0 1 1 15.1-3.9Z"/>
  <path d="M9 11.5h.01M12.5 11.5h.01M16 11.5h.01" stroke-width="2.4"/>`);
export const closeIcon = icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`);
export const chevronDownIcon = icon(svg`<path d="M6 9.5l6 6 6-6"/>`);
export const sendIcon = icon(svg`<path d="M5 12h13M12.5 6l6 6-6 6"/>`);
export const botIcon = icon(svg`<rect x="4.5" y="8" width="15" height="11" rx="3.5"/><path d="M12 8V4.5M9.5 13v1M14.5 13v1"/>
  <circle cx="12" cy="4" r=".6"/>`);
export const agentIcon = icon(svg`<circle cx="12" cy="8.5" r="3.5"/><path d="M5 19.5c1-3.4 3.7-5 7-5s6 1.6 7 5"/>`);
export const lockIcon = icon(svg`<rect x="5.5" y="10.5" width="13" height="9" rx="2.5"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>`);
export const arrowDownIcon = icon(svg`<path d="M12 5.5v13M6.5 13l5.5 5.5 5.5-5.5"/>`);
export const checkIcon = icon(svg`<path d="M5.5 12.5l4.2 4.2 8.8-9"/>`);
export const readIcon = icon(svg`<path d="M1.5 12.5l4.2 4.2 8.8-9M11.8 16.2l.6.5 8.8-9"/>`);
export const starIcon = icon(svg`<path d="M12 3.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8Z"/>`);
export const copyIcon = icon(svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2.5"/><path d="M15.5 5.5a1 1 0 0 0-1-1h-9a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1"/>`);
export const clockIcon = icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.500V12l3 2"/>`);
export const billIcon = icon(svg`<path d="M6 3.500h12v17l-3-2-3 2-3-2-3 2ZM9.5 8.500h5M9.5 12.500h5"/>`);
export const listIcon = icon(svg`<path d="M9.5 6.500h10M9.5 12h10M9.5 17.500h10M5 6.500h.01M5 12h.01M5 17.500h.01"/>`);
export const workIcon = icon(svg`<path d="M14.5 6.200a4 4 0 0 1 5-1l-2.700 2.700 1.600 1.600 2.700-2.700a4 4 0 0 1-5.300 5L9 18.600a2.100 2.100 0 0 1-3-3l6.800-6.800a4 4 0 0 1 1.700-2.600Z" transform="translate(-1)"/>`);
export const warnIcon = icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 8v4.5M12 15.8v.01"/>`);
