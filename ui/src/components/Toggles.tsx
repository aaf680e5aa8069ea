import styles from "./Toggles.module.css";

interface TogglesProps<T extends string> {
  label: string;
  options: readonly T[];
  /** What options are called that are not called what they are. */
  labels?: Partial<Record<T, string>>;
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}

/** Any number of a few, all in view. */
export function Toggles<T extends string>({
  label,
  options,
  labels,
  chosen,
  onChange,
}: TogglesProps<T>) {
  const toggle = (option: T) =>
    onChange(options.filter((one) => (one === option) !== chosen.includes(one)));
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      {options.map((option) => (
        <button
          key={option}
          type="button"
          aria-pressed={chosen.includes(option)}
          onClick={() => toggle(option)}
        >
          {labels?.[option] ?? option}
        </button>
      ))}
    </fieldset>
  );
}
