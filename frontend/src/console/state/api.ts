import { isRecord, readError } from "../../shared/protocol";

const TIMEOUT_MS = 15_000;
const READS_ONLY: readonly string[] = ["GET", "HEAD"];

type Method = "GET" | "POST" | "PUT" | "DELETE";
type Body = Record<string, unknown>;
export type Query = Record<string, string | number | null | undefined>;

/** The server has refused; `message` is Indonesian and may be shown as it is. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly data: Body,
  ) {
    super(message);
  }

  get retryAfterMs(): number {
    const seconds = Number(this.data.retry_after);
    return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, 300_000) : 5000;
  }
}

/** Nothing came back that the server has said. Whether it has done what was asked is not known. */
export class NetworkError extends Error {
  constructor() {
    super("Server tidak dapat dihubungi. Periksa sambungan internet Anda, lalu coba lagi.");
  }
}

export interface Answer {
  status: number;
  body: Body;
}

/** HTTP under one address, by default that of the desk where sessions live: adds the CSRF token to changes, and tells when the session has ended. */
export class ApiClient {
  csrfToken = "";
  /** The session has ended, or never was. */
  signedOut: () => void = () => undefined;

  constructor(
    private readonly fetch: (url: string, init: RequestInit) => Promise<Response>,
    private readonly base = "/api/desk/v1",
    private readonly sessions: ApiClient | null = null,
  ) {}

  /** Another API of the same server, within the session of this one. */
  under(base: string): ApiClient {
    return new ApiClient(this.fetch, base, this.owner);
  }

  private get owner(): ApiClient {
    return this.sessions ?? this;
  }

  async get(path: string, query: Query = {}): Promise<Body> {
    return (await this.request("GET", path + queryString(query))).body;
  }

  async post(path: string, body: Body = {}): Promise<Body> {
    return (await this.request("POST", path, body)).body;
  }

  async put(path: string, body: Body): Promise<Body> {
    return (await this.request("PUT", path, body)).body;
  }

  async delete(path: string, body?: Body): Promise<Body> {
    return (await this.request("DELETE", path, body)).body;
  }

  async request(method: Method, path: string, body?: Body, again = true): Promise<Answer> {
    const response = await this.send(method, path, body);
    const content = await json(response);
    if (response.ok) return { status: response.status, body: content };
    const error = readError(content.error);
    // Another tab has signed in anew: its session is ours too, only the token has changed.
    if (error.code === "cross_site" && again && (await this.owner.renewToken())) return this.request(method, path, body, false);
    if (error.code === "not_signed_in") this.owner.signedOut();
    const message = error.message || "Maaf, terjadi gangguan di sistem kami. Coba lagi sebentar lagi.";
    throw new ApiError(response.status, error.code, message, error.data);
  }

  private async renewToken(): Promise<boolean> {
    const answer = await this.send("GET", "/session");
    const token = answer.ok ? (await json(answer)).csrf_token : null;
    if (typeof token !== "string" || token === this.csrfToken) return false;
    this.csrfToken = token;
    return true;
  }

  private async send(method: Method, path: string, body?: Body): Promise<Response> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (!READS_ONLY.includes(method)) headers["X-CSRF-Token"] = this.owner.csrfToken;
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
    try {
      return await this.fetch(this.base + path, {
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
        credentials: "same-origin",
        signal: abort.signal,
      });
    } catch {
      throw new NetworkError();
    } finally {
      clearTimeout(timer);
    }
  }
}

async function json(response: Response): Promise<Body> {
  try {
    const value: unknown = await response.json();
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function queryString(query: Query): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return pairs.length ? `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}` : "";
}

/** What to tell somebody about `error`. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError || error instanceof NetworkError) return error.message;
  return "Maaf, terjadi gangguan. Muat ulang halaman lalu coba lagi.";
}
