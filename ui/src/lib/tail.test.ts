import { expect, it } from "vitest";
import { MOST_ROWS, mergeTail } from "@/lib/tail";

const row = (n: number) => ({
  trace_id: "t",
  span_id: String(n),
  start_time: new Date(n * 1000).toISOString(),
});

it("keeps each row once, newest first, and not too many", () => {
  expect(mergeTail([row(2), row(1)], [row(3), row(2)]).map((each) => each.span_id)).toEqual([
    "3",
    "2",
    "1",
  ]);
  const many = Array.from({ length: 600 }, (_, n) => row(n));
  expect(mergeTail([], many)).toHaveLength(MOST_ROWS);
});
