/** One way to the API: JSON over same-origin fetch, errors as `ApiError`. */
import { projectFor } from "@/api/scope";

export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** What is wrong with which field, where the API says so. */
    readonly fields: readonly FieldError[] = [],
  ) {
    super(message);
  }
}

export interface FieldError {
  name: string;
  expected: string;
}

export type Params = Record<string, string | number | undefined>;

export interface Call {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  params?: Params;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** Of what takes long; else half a minute. */
  deadlineMs?: number;
}

/** Longest wait for an answer. */
const DEADLINE_MS = 30_000;
const JSON_TYPE = { "content-type": "application/json" };

/** The address of an operation; where it takes a project and none is given, in the chosen one. */
export function apiUrl(path: string, params: Params = {}, method = "GET"): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== "") query.set(name, String(value));
  }
  const project = projectFor(path, method);
  if (project && !query.has("project") && !query.has("organization")) query.set("project", project);
  const text = query.toString();
  return `/api/v1${path}${text ? `?${text}` : ""}`;
}

export async function request<T>(path: string, call: Call = {}): Promise<T> {
  const deadline = AbortSignal.timeout(call.deadlineMs ?? DEADLINE_MS);
  const method = call.method ?? "GET";
  let response: Response;
  try {
    response = await fetch(apiUrl(path, call.params, method), {
      method,
      headers: { ...(call.body === undefined ? {} : JSON_TYPE), ...call.headers },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      signal: call.signal ? AbortSignal.any([call.signal, deadline]) : deadline,
      credentials: "same-origin",
    });
  } catch (error) {
    if (call.signal?.aborted) throw error;
    throw deadline.aborted
      ? new ApiError(
          0,
          "timeout",
          `No answer within ${(call.deadlineMs ?? DEADLINE_MS) / 1000} seconds.`,
        )
      : new ApiError(
          0,
          "unreachable",
          "The console's server cannot be reached. Is `vedette serve` running?",
        );
  }
  if (!response.ok) throw await readError(response);
  return (response.status === 204 ? undefined : said(await response.text())) as T;
}

async function readError(response: Response): Promise<ApiError> {
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = null;
  }
  const { code, message, fields } = describeError(body);
  return new ApiError(
    response.status,
    code || `http_${response.status}`,
    message || `The server answered ${response.status}.`,
    fields,
  );
}

/** RFC 9457 problems; whatever else stands before us answers with no words of its own. */
function describeError(body: unknown): { code: string; message: string; fields: FieldError[] } {
  if (typeof body !== "object" || body === null) return { code: "", message: "", fields: [] };
  const { code, detail, errors } = body as Record<string, unknown>;
  return {
    code: typeof code === "string" ? code : "",
    message: typeof detail === "string" ? detail : "",
    fields: Array.isArray(errors) ? errors.filter(isFieldError) : [],
  };
}

function isFieldError(value: unknown): value is FieldError {
  if (typeof value !== "object" || value === null) return false;
  const { name, expected } = value as Record<string, unknown>;
  return typeof name === "string" && typeof expected === "string";
}

/** Some that only accept a request say nothing more. */
function said(text: string): unknown {
  return text === "" ? undefined : JSON.parse(text);
}
