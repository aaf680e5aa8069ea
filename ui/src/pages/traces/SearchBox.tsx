import { type RefObject, useEffect, useRef, useState } from "react";
import { Icon } from "@/components/Icon";
import styles from "./FilterBar.module.css";

interface SearchBoxProps {
  value: string;
  inputRef: RefObject<HTMLInputElement | null>;
  onChange: (text: string) => void;
}

const PAUSE_MS = 450;

/** Searches on Enter, or when typing pauses. */
export function SearchBox({ value, inputRef, onChange }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => latest.current(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <form
      className={styles.search}
      onSubmit={(event) => {
        event.preventDefault();
        onChange(text.trim());
      }}
    >
      <Icon name="search" width={14} height={14} />
      <input
        ref={inputRef}
        type="search"
        aria-label="Search inputs and outputs"
        placeholder="Search inputs and outputs"
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {!text && (
        <span className={styles.key} aria-hidden="true">
          /
        </span>
      )}
    </form>
  );
}
