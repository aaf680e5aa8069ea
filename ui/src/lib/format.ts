/** Numbers, money and times as people read them. Missing values are an en dash. */

export const NONE = "–";

const plain = new Intl.NumberFormat("en-US");
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

export function count(value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return NONE;
  return plain.format(Math.round(value));
}

/** `1 span`, `2,000 spans`. */
export function counted(value: number, one: string): string {
  return `${count(value)} ${one}${Math.round(value) === 1 ? "" : "s"}`;
}

export function compactCount(value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return NONE;
  return Math.abs(value) < 10_000 ? plain.format(Math.round(value)) : compact.format(value);
}

export function duration(ms: number | null | undefined): string {
  if (ms == null || !Number.isFinite(ms)) return NONE;
  if (ms < 0) return `-${duration(-ms)}`;
  if (ms === 0) return "0 ms";
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9_995) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600)
    return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, "0")} s`;
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, "0")} m`;
}

/** A decimal string in USD; small sums keep their micro-dollars. */
export function money(usd: string | number | null | undefined): string {
  if (usd == null || usd === "") return NONE;
  const value = Number(usd);
  if (!Number.isFinite(value)) return NONE;
  if (value === 0) return "$0";
  const size = Math.abs(value);
  if (size < 0.000001) return value < 0 ? "-<$0.000001" : "<$0.000001";
  const digits = size < 0.01 ? 6 : size < 1 ? 4 : 2;
  const text = plainMoney(size, digits);
  return value < 0 ? `-$${text}` : `$${text}`;
}

function plainMoney(value: number, digits: number): string {
  const fixed = value.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return digits > 2
    ? fixed.replace(/0+$/, "").replace(/\.(\d?)$/, (_, d: string) => `.${d.padEnd(2, "0")}`)
    : fixed;
}

/** Beyond it the figure says nothing more. */
const MOST_PERCENT = 10_000;

export function percent(ratio: number | null | undefined, digits = 1): string {
  if (ratio == null || !Number.isFinite(ratio)) return NONE;
  if (ratio === 0) return "0 %";
  const value = ratio * 100;
  if (value >= MOST_PERCENT) return `>${plain.format(MOST_PERCENT)} %`;
  return `${value.toFixed(value >= 99.95 || Math.abs(value) >= 10 ? Math.min(digits, 1) : digits)} %`;
}

export function bytes(value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return NONE;
  if (value < 1024) return `${value} B`;
  if (value < 1024 ** 2) return `${(value / 1024).toFixed(1)} KiB`;
  if (value < 1024 ** 3) return `${(value / 1024 ** 2).toFixed(1)} MiB`;
  return `${(value / 1024 ** 3).toFixed(1)} GiB`;
}

const two = (n: number) => String(n).padStart(2, "0");

/** Local wall time `14:03:09.120`. */
export function clockTime(at: Date): string {
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, "0")}`;
}

/** Local date and time `2026-03-04 14:03:09`. */
export function dateTime(at: Date): string {
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** Today the wall time, this year day and time, else the date. */
export function listTime(at: Date, now: Date): string {
  if (at.toDateString() === now.toDateString()) return clockTime(at).slice(0, 8);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  const day = `${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return at.getFullYear() === now.getFullYear() ? `${day} ${time}` : `${at.getFullYear()}-${day}`;
}

export function ago(at: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** Relative change to a previous value; null where there is nothing to compare with. */
export function change(now: number | null, before: number | null): number | null {
  if (now == null || before == null || before === 0) return null;
  return (now - before) / before;
}
