import type { Span } from "@/api/model";
import { money } from "@/lib/format";

const GUARD = "vedette.guard.";
const NANO = 1e9;

type Remedy = { rule: string; action: string; outcome: string };

/** What the guard did with a call, in rows; none where it did not look. */
export function guardRows(attributes: Span["attributes"]): [string, string][] {
  const told = (name: string) => {
    const value = attributes[GUARD + name];
    return typeof value === "string" ? value : "";
  };
  const cost = Number(told("calls_cost_nano_usd"));
  const rows: [string, string][] = [
    ["Policy", told("policy")],
    ["Made for the guard", told("call")],
    ["Action", told("action")],
    ["Afterwards", told("afterwards")],
    ["Rules", told("rules")],
    ["Findings", told("findings")],
    ["Remedies", remedies(told("remedies"))],
    ["Alerts", told("alerts")],
    ["Not looked at", told("bypassed")],
    ["Calls made for it", told("calls")],
    ["Their cost", cost > 0 ? money(String(cost / NANO)) : ""],
    ["Took", told("latency_ms") && `${Number(told("latency_ms")).toFixed(1)} ms`],
  ];
  return rows.filter(([, value]) => value !== "");
}

function remedies(json: string): string {
  try {
    const list: unknown = JSON.parse(json || "[]");
    if (!Array.isArray(list)) return "";
    return list.map((one: Remedy) => `${one.action} (${one.rule}): ${one.outcome}`).join("; ");
  } catch {
    return "";
  }
}
