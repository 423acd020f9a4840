import type { TemplateResult } from "lit";
import { icons } from "../console/parts/icons";
import type { Page } from "./state/router";

export interface PageEntry {
  page: Page;
  label: string;
  /** Where the rail of a phone has no room for the label. */
  short: string;
  icon: TemplateResult;
  /** The custom element that shows the page; it gets the property `trainer`. */
  tag: string;
  /** Defines the element, where it is loaded only when it is looked at. */
  load?: () => Promise<unknown>;
}

/** The pages in the order of the rail. One whose element is not there, and cannot be loaded, is not offered. */
export const PAGES: readonly PageEntry[] = [
  { page: "inbox", label: "Kotak masuk", short: "Masuk", icon: icons.tray, tag: "trainer-inbox" },
  { page: "data", label: "Data latih", short: "Data", icon: icons.stack, tag: "trainer-data" },
  { page: "training", label: "Latih & terbitkan", short: "Latih", icon: icons.cap, tag: "trainer-training" },
  { page: "tests", label: "Uji", short: "Uji", icon: icons.checks, tag: "trainer-tests" },
  { page: "answers", label: "Jawaban", short: "Jawaban", icon: icons.inbox, tag: "trainer-answers" },
  { page: "policy", label: "Kebijakan", short: "Aturan", icon: icons.note, tag: "trainer-policy" },
  { page: "trends", label: "Tren", short: "Tren", icon: icons.report, tag: "trainer-trends", load: () => import("./trends/views/trainer-trends") },
];

export const isOffered = (entry: PageEntry): boolean => entry.load !== undefined || customElements.get(entry.tag) !== undefined;
