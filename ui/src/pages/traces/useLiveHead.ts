import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { request } from "@/api/http";
import { useLiveTraces } from "@/api/live";
import type { Page, Trace } from "@/api/model";
import { PAGE_SIZE, tracesKey } from "@/api/traces";
import { filterParams, type TraceFilters } from "@/lib/filters";
import { mergeHead, newRows, type TraceList } from "@/lib/head";

interface LiveHeadOptions {
  isOn: boolean;
  /** Whether new rows may move what is in view. */
  mayMove: boolean;
}

/**
 * The list's first page again whenever the feed says that there is something new. At the top of
 * the list new rows slide in; further down they are counted and wait.
 */
export function useLiveHead(filters: TraceFilters, { isOn, mayMove }: LiveHeadOptions) {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<{ head: Page<Trace>; count: number } | null>(null);
  const isBusy = useRef(false);
  const apply = useCallback(
    (head: Page<Trace>) => {
      setWaiting(null);
      client.setQueryData<TraceList>(tracesKey(filters), (list) => list && mergeHead(list, head));
    },
    [client, filters],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: what waited belonged to other filters
  useEffect(() => setWaiting(null), [filters]);
  useEffect(() => {
    if (mayMove && waiting) apply(waiting.head);
  }, [mayMove, waiting, apply]);
  const look = async () => {
    const list = client.getQueryData<TraceList>(tracesKey(filters));
    if (!isOn || !list || isBusy.current) return;
    isBusy.current = true;
    try {
      const params = { ...filterParams(filters), limit: PAGE_SIZE };
      const head = await request<Page<Trace>>("/traces", { params });
      const count = newRows(list, head).length;
      if (mayMove || count === 0) apply(head);
      else setWaiting({ head, count });
    } catch {
      // The next event asks again; the list itself shows what is wrong with the server.
    } finally {
      isBusy.current = false;
    }
  };
  useLiveTraces(() => void look(), 250);
  return { waiting: waiting?.count ?? 0, show: () => waiting && apply(waiting.head) };
}
