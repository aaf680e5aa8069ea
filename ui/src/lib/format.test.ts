import { describe, expect, test } from "vitest";
import {
  ago,
  bytes,
  change,
  compactCount,
  count,
  counted,
  duration,
  listTime,
  money,
  percent,
} from "./format";

describe("money", () => {
  test.each([
    [null, "–"],
    ["", "–"],
    ["nonsense", "–"],
    ["0.000000", "$0"],
    ["0.000001", "$0.000001"],
    ["0.001250", "$0.00125"],
    ["0.500000", "$0.50"],
    ["0.123456", "$0.1235"],
    ["12.345678", "$12.35"],
    ["1234567.5", "$1,234,567.50"],
    ["-0.250000", "-$0.25"],
  ])("%s reads %s", (usd, text) => expect(money(usd)).toBe(text));
});

describe("duration", () => {
  test.each([
    [null, "–"],
    [0, "0 ms"],
    [0.42, "0.4 ms"],
    [12.4, "12 ms"],
    [999.4, "999 ms"],
    [999.6, "1.00 s"],
    [1240, "1.24 s"],
    [59_949, "59.9 s"],
    [59_951, "1 m 00 s"],
    [123_000, "2 m 03 s"],
    [3_600_000, "1 h 00 m"],
    [-1500, "-1.50 s"],
  ])("%s reads %s", (ms, text) => expect(duration(ms)).toBe(text));
});

test("counts are grouped, big ones short", () => {
  expect(count(1234567)).toBe("1,234,567");
  expect(compactCount(9999)).toBe("9,999");
  expect(compactCount(12_345)).toBe("12.3K");
  expect(compactCount(Number.NaN)).toBe("–");
});

test("one of something is no plural", () => {
  expect(counted(1, "span")).toBe("1 span");
  expect([counted(0, "span"), counted(2_000, "trace")]).toEqual(["0 spans", "2,000 traces"]);
});

test("percentages keep small rates visible", () => {
  expect(percent(0)).toBe("0 %");
  expect(percent(0.0046, 2)).toBe("0.46 %");
  expect(percent(0.5)).toBe("50.0 %");
  expect(percent(123_456)).toBe(">10,000 %");
  expect(percent(null)).toBe("–");
});

test("bytes use binary units", () => {
  expect([bytes(12), bytes(2048), bytes(3 * 1024 ** 2)]).toEqual(["12 B", "2.0 KiB", "3.0 MiB"]);
});

test("a change needs something to compare with", () => {
  expect(change(3, 2)).toBe(0.5);
  expect(change(3, 0)).toBeNull();
  expect(change(null, 2)).toBeNull();
});

test("list times say the day only when it is not today", () => {
  const now = new Date(2026, 2, 4, 15, 0, 0);
  expect(listTime(new Date(2026, 2, 4, 9, 5, 7), now)).toBe("09:05:07");
  expect(listTime(new Date(2026, 2, 3, 9, 5, 7), now)).toBe("03-03 09:05");
  expect(listTime(new Date(2025, 2, 3, 9, 5, 7), now)).toBe("2025-03-03");
});

test("ages are told in the biggest whole unit", () => {
  const now = new Date(1_000_000_000);
  const at = (seconds: number) => ago(new Date(now.getTime() - seconds * 1000), now);
  expect([at(1), at(59), at(61), at(7300), at(200_000)]).toEqual([
    "just now",
    "59 s ago",
    "1 m ago",
    "2 h ago",
    "2 d ago",
  ]);
});
