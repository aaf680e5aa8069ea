import { useState } from "react";
import { Icon } from "@/components/Icon";
import { LongText } from "@/components/LongText";
import { cx } from "@/lib/cx";
import styles from "./JsonTree.module.css";

interface JsonTreeProps {
  value: unknown;
  /** Levels that are open at first. */
  depth?: number;
}

/** JSON as a tree. Only what is open is rendered; long lists come 100 entries at a time. */
export function JsonTree({ value, depth = 2 }: JsonTreeProps) {
  return (
    <div className={styles.tree}>
      <Node name={null} value={value} depth={depth} />
    </div>
  );
}

interface NodeProps {
  name: string | null;
  value: unknown;
  depth: number;
}

function Node({ name, value, depth }: NodeProps) {
  if (typeof value === "object" && value !== null)
    return <Branch name={name} value={value} depth={depth} />;
  return (
    <div className={styles.leaf}>
      {name !== null && <span className={styles.key}>{name}: </span>}
      <Leaf value={value} />
    </div>
  );
}

function Leaf({ value }: { value: unknown }) {
  if (typeof value === "string") {
    return (
      <span className={styles.string}>
        "<LongText text={value} limit={600} />"
      </span>
    );
  }
  return (
    <span className={typeof value === "number" ? styles.number : styles.literal}>
      {String(value)}
    </span>
  );
}

const STEP = 100;

function Branch({ name, value, depth }: NodeProps & { value: object }) {
  const [isOpen, setOpen] = useState(depth > 0);
  const [shown, setShown] = useState(STEP);
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const [left, right] = isList ? ["[", "]"] : ["{", "}"];
  return (
    <div>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="right" className={cx(styles.caret, isOpen && styles.open)} />
        <span>
          {name !== null && <span className={styles.key}>{name}: </span>}
          {left}
          {!isOpen && (
            <span className={styles.dim}>{entries.length > 0 && ` ${entries.length} `}</span>
          )}
          {(!isOpen || entries.length === 0) && right}
        </span>
      </button>
      {isOpen && entries.length > 0 && (
        <>
          <div className={styles.children}>
            {entries.slice(0, shown).map(([key, child]) => (
              <Node key={key} name={key} value={child} depth={depth - 1} />
            ))}
            {entries.length > shown && (
              <button type="button" className={styles.more} onClick={() => setShown(shown + STEP)}>
                {entries.length - shown} more
              </button>
            )}
          </div>
          <span className={styles.dim}>{right}</span>
        </>
      )}
    </div>
  );
}
