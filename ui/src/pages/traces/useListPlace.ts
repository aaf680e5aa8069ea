import { useEffect, useRef, useState } from "react";
import type { TraceFilters } from "@/lib/filters";

interface Place {
  offset: number;
  selected: string;
}

const KEY = "vedette.traces.place";
const START: Place = { offset: 0, selected: "" };

function recall(filters: string): Place {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (stored?.filters === filters)
      return { offset: Number(stored.offset) || 0, selected: String(stored.selected) };
  } catch {
    // Nothing readable is stored: start at the top.
  }
  return START;
}

/** Where the reader was in this list, for when he comes back from a trace. */
export function useListPlace(filters: TraceFilters) {
  const key = JSON.stringify(filters);
  const [initial] = useState(() => recall(key));
  const latest = useRef(initial);
  useEffect(() => {
    return () => {
      try {
        sessionStorage.setItem(KEY, JSON.stringify({ filters: key, ...latest.current }));
      } catch {
        // Storage is blocked: the list starts at its top next time.
      }
    };
  }, [key]);
  const remember = (place: Partial<Place>) => {
    latest.current = { ...latest.current, ...place };
  };
  return { initial, remember };
}
