import { type RefObject, useState } from "react";
import type { Trace } from "@/api/model";
import { copyText } from "@/lib/clipboard";
import { useKeys } from "@/lib/keys";

interface TraceKeysOptions {
  rows: Trace[];
  /** Trace id that is selected at first, or an empty string. */
  initial: string;
  search: RefObject<HTMLInputElement | null>;
  onOpen: (traceId: string) => void;
  onLive: () => void;
  onPeek: () => void;
}

/** j, k, Enter, p, c, l, / and Escape. The selection follows its trace when rows move. */
export function useTraceKeys({ rows, initial, search, onOpen, onLive, onPeek }: TraceKeysOptions) {
  const [selectedId, setSelectedId] = useState(initial);
  const selected = selectedId ? rows.findIndex((row) => row.trace_id === selectedId) : -1;
  const move = (step: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, selected < 0 ? 0 : selected + step));
    setSelectedId(rows[next]?.trace_id ?? "");
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: (event) => {
      if (event.target instanceof HTMLElement && event.target.closest("a, button")) {
        event.target.click();
      } else if (selectedId) onOpen(selectedId);
    },
    c: () => void (selectedId && copyText(selectedId)),
    l: onLive,
    p: () => {
      if (!selectedId) setSelectedId(rows[0]?.trace_id ?? "");
      onPeek();
    },
    "/": () => search.current?.focus(),
    Escape: (event) => {
      if (event.target instanceof HTMLInputElement) event.target.blur();
      else setSelectedId("");
    },
  });
  return { selected, selectedId, clear: () => setSelectedId("") };
}
