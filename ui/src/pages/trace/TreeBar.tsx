import type { RefObject } from "react";
import { Button } from "@/components/Button";
import { Segmented } from "@/components/Segmented";
import { count } from "@/lib/format";
import type { Shown } from "./search";
import styles from "./TreeBar.module.css";

const VIEWS = [
  { value: "tree", label: "Tree" },
  { value: "graph", label: "Graph" },
] as const;

interface TreeBarProps {
  view: Shown;
  text: string;
  found: number;
  errors: number;
  hasCritical: boolean;
  criticalError: Error | null;
  inputRef: RefObject<HTMLInputElement | null>;
  onView: (view: Shown) => void;
  onText: (text: string) => void;
  onNext: (by: number) => void;
  onError: () => void;
  onCritical: () => void;
}

/** What the tree shows: search inside, the way to the next error, the critical path. */
export function TreeBar(props: TreeBarProps) {
  return (
    <div className={styles.bar} role="toolbar" aria-label="Spans">
      <Segmented label="Show as" value={props.view} options={VIEWS} onChange={props.onView} />
      <input
        ref={props.inputRef}
        type="search"
        aria-label="Search in this trace"
        placeholder="Search spans"
        value={props.text}
        onChange={(event) => props.onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") props.onNext(event.shiftKey ? -1 : 1);
        }}
      />
      {props.text && <span aria-live="polite">{count(props.found)} found</span>}
      {props.errors > 0 && (
        <Button kind="ghost" isSmall icon="alert" title="Next error (e)" onClick={props.onError}>
          {count(props.errors)}
        </Button>
      )}
      <Button
        kind="ghost"
        isSmall
        icon="clock"
        isActive={props.hasCritical}
        aria-pressed={props.hasCritical}
        title="What kept the trace from ending earlier (x)"
        onClick={props.onCritical}
      >
        Critical path
      </Button>
      {props.criticalError && <span role="alert">{props.criticalError.message}</span>}
    </div>
  );
}
