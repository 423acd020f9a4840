import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

/** Decorative line icons; what they stand in carries the name. */
const icon = (content: SVGTemplateResult): TemplateResult => html`<svg class="icon" viewBox="0 0 24 24"
  fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"
  aria-hidden="true" focusable="false">${content}</svg>`;

export const icons = {
  inbox: icon(svg`<path d="M20.5 11.5a8 8 0 0 1-11.6 7.1L4 20l1.4-4.6a8 8 0 1 1 15.1-3.9Z"/>`),
  search: icon(svg`<circle cx="11" cy="11" r="6.5"/><path d="M20 20l-4.2-4.2"/>`),
  canned: icon(svg`<path d="M13 3.5L5.5 13.5H12l-1 7 7.5-10H12l1-7Z"/>`),
  report: icon(svg`<path d="M4.5 19.5h15M7.5 16v-5M12 16V6.5M16.5 16v-8"/>`),
  bill: icon(svg`<path d="M6 3.5h12v17l-3-2-3 2-3-2-3 2ZM9.5 8.5h5M9.5 12.5h5"/>`),
  upload: icon(svg`<path d="M12 16V5M7.5 9.5L12 5l4.5 4.5M5 19.5h14"/>`),
  audit: icon(svg`<path d="M12 3.5l7 2.500v5.500c0 4-2.800 7.300-7 9-4.200-1.700-7-5-7-9V6l7-2.500ZM9 12l2.200 2.200 4-4.200"/>`),
  account: icon(svg`<circle cx="12" cy="8.5" r="3.5"/><path d="M5 19.5c1-3.4 3.7-5 7-5s6 1.6 7 5"/>`),
  help: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M9.6 9.4a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.8M12 16.4v.01"/>`),
  sound: icon(svg`<path d="M5 9.5v5h3l4 3.5v-12l-4 3.5H5ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11"/>`),
  muted: icon(svg`<path d="M5 9.5v5h3l4 3.5v-12l-4 3.5H5ZM16 9.5l5 5M21 9.5l-5 5"/>`),
  sun: icon(svg`<circle cx="12" cy="12" r="3.8"/><path d="M12 3.5v1.7M12 18.8v1.7M3.5 12h1.7M18.8 12h1.7M6 6l1.2 1.2M16.8 16.8L18 18M18 6l-1.2 1.2M7.2 16.8L6 18"/>`),
  moon: icon(svg`<path d="M19.5 14.2A7.8 7.8 0 0 1 9.8 4.5a7.8 7.8 0 1 0 9.7 9.7Z"/>`),
  auto: icon(svg`<circle cx="12" cy="12" r="8"/><path d="M12 4v16" /><path d="M12 4a8 8 0 0 1 0 16Z" fill="currentColor" stroke="none"/>`),
  back: icon(svg`<path d="M14.5 5.5L8 12l6.5 6.5"/>`),
  close: icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`),
  check: icon(svg`<path d="M5.5 12.5l4.2 4.2 8.8-9"/>`),
  checks: icon(svg`<path d="M2.5 12.5l4 4.2 8-9M10.5 15.2l1.5 1.5 8.6-9"/>`),
  send: icon(svg`<path d="M5 12h13M12.5 6l6 6-6 6"/>`),
  transfer: icon(svg`<path d="M4.5 8.5h14M15 5l3.5 3.5L15 12M19.5 15.5h-14M9 12l-3.5 3.5L9 19"/>`),
  queue: icon(svg`<path d="M4.5 8h11M4.5 12.5h7M4.5 17h7M19.5 17v-6.5M16.5 13.5l3-3 3 3" transform="translate(-1.5 0)"/>`),
  bot: icon(svg`<rect x="4.5" y="8" width="15" height="11" rx="3.5"/><path d="M12 8V4.5M9.5 13v1M14.5 13v1"/>`),
  note: icon(svg`<path d="M5 4.5h14v10l-5 5H5v-15ZM14 19.5v-5h5M8.5 9h7M8.5 12.5h4"/>`),
  copy: icon(svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 5.5v-.2a1 1 0 0 0-1-.8h-9a1 1 0 0 0-1 1v9c0 .5.4 1 .9 1"/>`),
  info: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 11.2v5M12 8v.01"/>`),
  panel: icon(svg`<rect x="4" y="5" width="16" height="14" rx="2.5"/><path d="M14.5 5v14"/>`),
  eye: icon(svg`<path d="M2.8 12c2-4 5.3-6 9.2-6s7.2 2 9.2 6c-2 4-5.3 6-9.2 6s-7.2-2-9.2-6Z"/><circle cx="12" cy="12" r="2.6"/>`),
  clock: icon(svg`<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>`),
  warn: icon(svg`<path d="M12 4.5l8.5 14.5h-17L12 4.5ZM12 10v4M12 16.6v.01"/>`),
  down: icon(svg`<path d="M12 5.5v13M6.5 13l5.5 5.5 5.5-5.5"/>`),
  edit: icon(svg`<path d="M5 19h3.5L19 8.500 15.500 5 5 15.500V19Z"/>`),
  trash: icon(svg`<path d="M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7"/>`),
  plus: icon(svg`<path d="M12 5.500v13M5.500 12h13"/>`),
  signOut: icon(svg`<path d="M10 4.500H6a1.500 1.500 0 0 0-1.500 1.500v12A1.500 1.500 0 0 0 6 19.5h4M15 8l4 4-4 4M19 12H9.500"/>`),
};
