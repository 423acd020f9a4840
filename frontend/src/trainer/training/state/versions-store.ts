import { errorText, type ApiClient } from "../../../console/state/api";
import { readList } from "../../../console/state/readers";
import { Emitter } from "../../../shared/emitter";
import { readVersion } from "../../state/readers";
import type { Version } from "../../state/types";
import { readVersionDetail } from "./readers";
import type { VersionDetail } from "./types";

/** The versions that can be published or gone back to, and what is known of one of them. */
export class VersionsStore extends Emitter {
  versions: readonly Version[] = [];
  detail: VersionDetail | null = null;
  error: string | null = null;
  detailError: string | null = null;
  private asked = 0;
  private askedDetail = 0;

  constructor(private readonly api: ApiClient) {
    super();
  }

  async load(): Promise<void> {
    const asked = ++this.asked;
    try {
      const versions = readList((await this.api.get("/versions")).versions, readVersion);
      if (asked !== this.asked) return;
      this.versions = versions;
      this.error = null;
    } catch (error) {
      if (asked !== this.asked) return;
      this.error = errorText(error);
    }
    this.emit();
  }

  async open(number: number): Promise<void> {
    const asked = ++this.askedDetail;
    if (this.detail?.number !== number) this.detail = null;
    this.detailError = null;
    this.emit();
    try {
      const detail = readVersionDetail(await this.api.get(`/versions/${number}`));
      if (asked !== this.askedDetail) return;
      this.detail = detail;
    } catch (error) {
      if (asked !== this.askedDetail) return;
      this.detailError = errorText(error);
    }
    this.emit();
  }
}
