import { expect, test } from "vitest";
import type { ProviderDetail } from "@/api/model";
import { historyOf } from "./history";

const provider: ProviderDetail["provider"] = {
  name: "a",
  kind: "openai",
  base_url: "https://a.example/v1",
  has_key: true,
};

test("every step has a value: counts 0, latencies unknown", () => {
  const { timeline, calls, latency } = historyOf({
    provider,
    start_time: "2026-03-04T10:00:00.000000Z",
    end_time: "2026-03-04T10:02:00.000000Z",
    step_s: 30,
    history: [
      { time: "2026-03-04T10:00:30.000000Z", attempts: 4, errors: 1, latency_p50_ms: 20 },
      { time: "2026-03-04T10:01:30.000000Z", attempts: 2, errors: 0, ttft_p50_ms: 7 },
    ],
  });
  expect(timeline.times).toHaveLength(4);
  expect(calls.map((line) => line.values)).toEqual([
    [0, 4, 0, 2],
    [0, 1, 0, 0],
  ]);
  expect(latency[0]?.values).toEqual([null, 20, null, null]);
  expect(latency[2]?.values).toEqual([null, null, null, 7]);
});
