// Series and totals out of trace rows, in the shapes of the API.

export const METRICS = [
  "requests",
  "errors",
  "input_tokens",
  "output_tokens",
  "cache_read_tokens",
  "cost_usd",
  "latency_p50_ms",
  "latency_p95_ms",
  "latency_p99_ms",
  "ttft_p50_ms",
  "ttft_p95_ms",
  "ttft_p99_ms",
];
const STEPS_S = [60, 300, 900, 1800, 3600, 10800, 21600, 43200, 86400, 604800, 2592000];
const UNITS = {
  requests: "count",
  errors: "count",
  input_tokens: "tokens",
  output_tokens: "tokens",
  cache_read_tokens: "tokens",
  cost_usd: "usd",
};

const sum = (rows, of) => rows.reduce((total, row) => total + of(row), 0);

function percentile(values, share) {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

function measure(rows) {
  const latency = rows.map((row) => row.duration_ms);
  const ttft = rows.flatMap((row) => (row.ttft_ms === null ? [] : [row.ttft_ms]));
  const at = (values, name) =>
    [50, 95, 99].map((share) => [`${name}_p${share}_ms`, percentile(values, share / 100)]);
  return {
    requests: rows.length,
    errors: rows.filter((row) => row.status === "error").length,
    input_tokens: sum(rows, (row) => row.usage.input_total),
    output_tokens: sum(rows, (row) => row.usage.output_total),
    cache_read_tokens: sum(rows, (row) => row.usage.cache_read),
    cost_usd: sum(rows, (row) => Number(row.cost_usd ?? 0)),
    ...Object.fromEntries([...at(latency, "latency"), ...at(ttft, "ttft")]),
  };
}

function bucketSeconds(text, from, to) {
  const range = (to - from) / 1000;
  if (text && text !== "auto") return Number(text);
  return STEPS_S.find((step) => range / step <= 120) ?? 2592000;
}

export function seriesAnswer(rows, { from, to, bucket, groupBy }) {
  const bucketS = bucketSeconds(bucket, from, to);
  const groups = Map.groupBy
    ? Map.groupBy(rows, (row) => groupOf(row, groupBy))
    : rows.reduce(
        (map, row) =>
          map.set(groupOf(row, groupBy), [...(map.get(groupOf(row, groupBy)) ?? []), row]),
        new Map(),
      );
  const series = METRICS.flatMap((metric) =>
    [...groups].map(([group, members]) => ({
      metric,
      group: groupBy ? group : null,
      unit: UNITS[metric] ?? "ms",
      points: pointsOf(members, metric, bucketS),
    })),
  );
  return {
    bucket_s: bucketS,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    series,
  };
}

const groupOf = (row, groupBy) =>
  groupBy === "model" ? row.models[0] : groupBy === "provider" ? row.providers[0] : "";

function pointsOf(rows, metric, bucketS) {
  const buckets = new Map();
  for (const row of rows) {
    const start = Math.floor(Date.parse(row.start_time) / 1000 / bucketS) * bucketS;
    buckets.set(start, [...(buckets.get(start) ?? []), row]);
  }
  return [...buckets]
    .sort(([a], [b]) => a - b)
    .flatMap(([start, members]) => {
      const value = measure(members)[metric];
      return value === null ? [] : [[new Date(start * 1000).toISOString(), value]];
    });
}

export function totals(rows) {
  const all = measure(rows);
  return {
    ...all,
    error_rate: rows.length ? all.errors / rows.length : null,
    cost_usd: all.cost_usd.toFixed(6),
  };
}
