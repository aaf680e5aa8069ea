import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import { useFacets, useFilterFields } from "@/api/facets";
import { Icon } from "@/components/Icon";
import { type Hint, hintsFor } from "@/lib/filterhints";
import { isFilter, type TraceFilters } from "@/lib/filters";
import styles from "./FilterBar.module.css";

interface SearchBoxProps {
  filters: TraceFilters;
  inputRef: RefObject<HTMLInputElement | null>;
  /** What is wrong with the filter, where something is. */
  problem: string | undefined;
  onChange: (text: string) => void;
}

const PAUSE_MS = 450;

/** Words or conditions: searches on Enter, and words also when typing pauses. */
export function SearchBox({ filters, inputRef, problem, onChange }: SearchBoxProps) {
  const value = filters.filter ?? filters.q ?? "";
  const [text, setText] = useState(value);
  const [hints, setHints] = useHints(filters);
  const [at, setAt] = useState(-1);
  const listId = useId();
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value || isFilter(text)) return;
    const timer = setTimeout(() => latest.current(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  const close = () => {
    setHints([]);
    setAt(-1);
  };
  const take = (hint: Hint) => {
    setText(hint.text);
    setHints(hint.text, hint.caret);
    setAt(-1);
    requestAnimationFrame(() => inputRef.current?.setSelectionRange(hint.caret, hint.caret));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && hints.length > 0) {
      event.stopPropagation();
      close();
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && hints.length > 0) {
      event.preventDefault();
      setAt((at + step + hints.length) % hints.length);
    }
    const chosen = hints[at] ?? (event.key === "Tab" ? hints[0] : undefined);
    if (chosen && (event.key === "Tab" || event.key === "Enter")) {
      event.preventDefault();
      take(chosen);
    }
  };
  return (
    <form
      className={styles.search}
      onSubmit={(event) => {
        event.preventDefault();
        close();
        onChange(text.trim());
      }}
    >
      <Icon name="search" width={14} height={14} />
      <input
        ref={inputRef}
        type="search"
        role="combobox"
        aria-label="Search inputs and outputs, or filter"
        aria-expanded={hints.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${listId}-${at}` : undefined}
        aria-invalid={problem !== undefined}
        placeholder="Search, or filter: cost > 0.01 -status:ok"
        autoComplete="off"
        spellCheck={false}
        maxLength={2000}
        value={text}
        onKeyDown={onKeyDown}
        onBlur={close}
        onChange={(event) => {
          setText(event.target.value);
          setHints(event.target.value, event.target.selectionStart ?? event.target.value.length);
          setAt(-1);
          if (event.target.value === "") onChange("");
        }}
      />
      {!text && (
        <span className={styles.key} aria-hidden="true">
          /
        </span>
      )}
      <div id={listId} role="listbox" aria-label="Suggestions" className={styles.hints}>
        {hints.map((hint, index) => (
          <div
            key={hint.label}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onMouseDown={(event) => {
              event.preventDefault();
              take(hint);
            }}
          >
            <b>{hint.label}</b>
            <span>{hint.help}</span>
          </div>
        ))}
      </div>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

function useHints(filters: TraceFilters) {
  const fields = useFilterFields().data;
  const facets = useFacets(filters).data;
  const [hints, setHints] = useState<Hint[]>([]);
  const values = (field: string): readonly string[] =>
    (field === "model" && facets?.models) ||
    (field === "provider" && facets?.providers) ||
    (field === "tag" && facets?.tags) ||
    [];
  const set = (text: string | [], caret = 0) =>
    setHints(typeof text === "string" ? hintsFor(text, caret, fields ?? [], values) : []);
  return [hints, set] as const;
}
