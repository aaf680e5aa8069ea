import { expect, test } from "vitest";
import type { Attempt } from "@/api/model";
import { offsetMs, segmentsOf } from "./timing";

const START = "2026-03-04T10:00:00.000000Z";

function attempt(atMs: number, more: Partial<Attempt> = {}): Attempt {
  return {
    provider: "a",
    model: "m",
    start_time: new Date(Date.parse(START) + atMs).toISOString(),
    duration_ms: 100,
    status: 200,
    error: null,
    first_byte_ms: 50,
    provider_request_id: null,
    ...more,
  };
}

function parts(span: Parameters<typeof segmentsOf>[0]) {
  return segmentsOf(span).map(({ label, ms }) => [label, Math.round(ms)]);
}

test("a stream is gateway, first byte, first token, streaming", () => {
  const span = { start_time: START, duration_ms: 1000, ttft_ms: 300, attempts: [attempt(2)] };
  expect(parts(span)).toEqual([
    ["Gateway", 2],
    ["Until first byte", 50],
    ["Until first token", 248],
    ["Streaming", 700],
  ]);
});

test("failed attempts have a segment of their own", () => {
  const failed = attempt(2, { error: "http_503", status: 503 });
  const span = {
    start_time: START,
    duration_ms: 1000,
    ttft_ms: null,
    attempts: [failed, attempt(402)],
  };
  expect(parts(span)).toEqual([
    ["Gateway", 2],
    ["Earlier attempts", 400],
    ["Until first byte", 50],
    ["Answer", 548],
  ]);
});

test("figures that contradict each other never exceed the span", () => {
  const span = {
    start_time: START,
    duration_ms: 100,
    ttft_ms: 900,
    attempts: [attempt(0, { first_byte_ms: 400 })],
  };
  const total = segmentsOf(span).reduce((sum, segment) => sum + segment.ms, 0);
  expect(total).toBe(100);
});

test("a span without attempts is one piece", () => {
  expect(parts({ start_time: START, duration_ms: 12, ttft_ms: null, attempts: [] })).toEqual([
    ["Whole span", 12],
  ]);
});

test("offsets keep microseconds", () => {
  expect(offsetMs({ start_time: START }, "2026-03-04T10:00:00.000250Z")).toBeCloseTo(0.25, 3);
});
