import { createContext, useContext, useEffect, useRef, useSyncExternalStore } from "react";
import type { LiveTraces } from "@/api/model";

export type LiveState = "connecting" | "live" | "offline";

/** Waits between attempts after the browser has given up. */
const RETRY_MS = [1_000, 2_000, 5_000, 10_000];

/**
 * The one connection to GET /api/v1/live. The browser reconnects dropped streams itself; a refused
 * one (server away, not logged in) is tried again with growing pauses.
 */
export class LiveConnection {
  state: LiveState = "connecting";
  private url = "";
  private source: EventSource | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private readonly onTraces = new Set<(traceIds: string[]) => void>();
  private readonly onState = new Set<() => void>();

  /** Follow what this address says, and nothing else. */
  open(url: string): void {
    this.close();
    this.url = url;
    const source = new EventSource(url);
    this.source = source;
    source.onopen = () => {
      this.failures = 0;
      this.setState("live");
    };
    source.onerror = () => {
      this.setState("offline");
      if (source.readyState === EventSource.CLOSED) this.retry();
    };
    source.addEventListener("traces", (event) => this.receive(event.data));
    source.addEventListener("reset", () => this.receive(""));
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.source?.close();
    this.source = undefined;
  }

  readonly subscribeState = (listener: () => void): (() => void) => {
    this.onState.add(listener);
    return () => this.onState.delete(listener);
  };

  readonly subscribeTraces = (listener: (traceIds: string[]) => void): (() => void) => {
    this.onTraces.add(listener);
    return () => this.onTraces.delete(listener);
  };

  private setState(state: LiveState): void {
    this.state = state;
    for (const listener of this.onState) listener();
  }

  private retry(): void {
    this.close();
    const wait = RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)];
    this.timer = setTimeout(() => this.open(this.url), wait);
  }

  private receive(text: string): void {
    for (const listener of this.onTraces) listener(readIds(text));
  }
}

/** Ids of the traces that got spans; none where the feed skipped some: everything may be new. */
function readIds(text: string): string[] {
  try {
    const data = JSON.parse(text) as Partial<LiveTraces>;
    return Array.isArray(data.trace_ids) ? data.trace_ids : [];
  } catch {
    return [];
  }
}

export const LiveContext = createContext<LiveConnection | null>(null);

export function useLiveConnection(): LiveConnection {
  const connection = useContext(LiveContext);
  if (!connection) throw new Error("LiveContext is missing above this component.");
  return connection;
}

export function useLiveState(): LiveState {
  const connection = useLiveConnection();
  return useSyncExternalStore(connection.subscribeState, () => connection.state);
}

/** Calls `onChange` with the ids of traces that have new spans, at most once in `everyMs`. */
export function useLiveTraces(onChange: (traceIds: string[]) => void, everyMs = 500): void {
  const connection = useLiveConnection();
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    let batch: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      const ids = batch;
      batch = [];
      latest.current(ids);
    };
    const unsubscribe = connection.subscribeTraces((ids) => {
      batch.push(...ids.slice(0, 1_000));
      timer ??= setTimeout(flush, everyMs);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [connection, everyMs]);
}
