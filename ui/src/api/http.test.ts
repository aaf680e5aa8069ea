import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ApiError, request } from "./http";

interface Answer {
  status: number;
  type?: string;
  body?: string;
}

let answer: Answer = { status: 204 };
let asked = { method: "", url: "", body: "" };
let server: Server;
const browsersFetch = globalThis.fetch;

beforeAll(async () => {
  server = createServer(async (message, response) => {
    let body = "";
    for await (const piece of message) body += piece;
    asked = { method: message.method ?? "", url: message.url ?? "", body };
    response.writeHead(answer.status, answer.type ? { "content-type": answer.type } : {});
    response.end(answer.body);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  // Pages have an origin; Node has none.
  globalThis.fetch = (address, options) =>
    browsersFetch(`http://127.0.0.1:${port}${address}`, options);
});

afterEach(() => {
  answer = { status: 204 };
});

afterAll(() => {
  globalThis.fetch = browsersFetch;
  server.close();
});

const JSON_TYPE = "application/json";

test("what is read comes as it was sent", async () => {
  answer = { status: 200, type: JSON_TYPE, body: '{"items":[1]}' };
  const params = { limit: 2, cursor: undefined };
  expect(await request("/things", { params })).toEqual({ items: [1] });
  expect(asked).toEqual({ method: "GET", url: "/api/v1/things?limit=2", body: "" });
});

test("an answer that only accepts a request is read, too", async () => {
  answer = { status: 202, type: JSON_TYPE, body: '{"id":"rpl_1","state":"waiting"}' };
  const started = await request("/guard/replays", { method: "POST", body: { policy: "strict" } });
  expect(started).toEqual({ id: "rpl_1", state: "waiting" });
  expect(asked).toMatchObject({ method: "POST", body: '{"policy":"strict"}' });
});

test.each([202, 204])("an answer of %i without a word is none", async (status) => {
  answer = { status };
  expect(await request("/password/forgot", { method: "POST", body: {} })).toBeUndefined();
});

test("a refusal says what and where", async () => {
  const problem = {
    code: "invalid_body",
    detail: "The name is empty.",
    errors: [{ name: "name", value: "", expected: "a name" }, "nothing"],
  };
  answer = { status: 400, type: "application/problem+json", body: JSON.stringify(problem) };
  const refusal = await request("/views", { method: "POST", body: {} }).catch((error) => error);
  expect(refusal).toBeInstanceOf(ApiError);
  expect(refusal).toMatchObject({
    status: 400,
    code: "invalid_body",
    message: "The name is empty.",
    fields: [{ name: "name", expected: "a name" }],
  });
});

test("whatever else stands before the server refuses without words of its own", async () => {
  answer = { status: 502, type: "text/html", body: "<h1>Bad gateway</h1>" };
  await expect(request("/info")).rejects.toMatchObject({
    status: 502,
    code: "http_502",
    message: "The server answered 502.",
  });
});
