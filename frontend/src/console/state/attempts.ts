import { newUuid } from "../../shared/uuid";
import { ApiError, type ApiClient } from "./api";

type Body = Record<string, unknown>;

/**
 * Sends each thing that is done under a key of its own. Where it is not known whether the server has done it, the same
 * thing asked for again goes under the same key, so that it is done once; whatever was answered ends the key.
 */
export class Attempts {
  private readonly open = new Map<string, string>();

  constructor(
    private readonly api: Pick<ApiClient, "request">,
    private readonly newKey: () => string = newUuid,
  ) {}

  post(path: string, body: Body = {}): Promise<Body> {
    return this.send("POST", path, body);
  }

  put(path: string, body: Body): Promise<Body> {
    return this.send("PUT", path, body);
  }

  private async send(method: "POST" | "PUT", path: string, body: Body): Promise<Body> {
    const what = JSON.stringify([method, path, body]);
    const key = this.open.get(what) ?? this.newKey();
    this.open.set(what, key);
    try {
      const answer = await this.api.request(method, path, { ...body, key });
      this.open.delete(what);
      return answer.body;
    } catch (error) {
      if (error instanceof ApiError && error.status < 500) this.open.delete(what);
      throw error;
    }
  }
}
