import { Button } from "@/components/Button";
import styles from "./ComparePage.module.css";

interface PickTraceProps {
  a: string;
  b: string;
  onPick: (search: { a?: string; b?: string }) => void;
}

/** The ids of the two traces. */
export function PickTrace({ a, b, onPick }: PickTraceProps) {
  return (
    <form
      key={`${a} ${b}`}
      className={styles.pick}
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        onPick({ a: String(form.get("a")).trim(), b: String(form.get("b")).trim() });
      }}
    >
      {(["a", "b"] as const).map((name) => (
        <label key={name}>
          {name === "a" ? "Before" : "After"}
          <input
            name={name}
            defaultValue={name === "a" ? a : b}
            placeholder="Trace id"
            pattern="\s*[0-9a-fA-F]{32}\s*"
            required
            spellCheck={false}
          />
        </label>
      ))}
      <Button type="submit" kind="primary">
        Compare
      </Button>
      <Button onClick={() => onPick({ a: b, b: a })}>Swap</Button>
    </form>
  );
}
