import { useComparison } from "@/api/drift";
import type { SignalComparison } from "@/api/model";
import { Badge } from "@/components/Badge";
import { TextField } from "@/components/Field";
import { Loading } from "@/components/States";
import { cx } from "@/lib/cx";
import { useDebounced } from "@/lib/debounced";
import { count } from "@/lib/format";
import styles from "./DriftPage.module.css";
import { type DriftSearch, paramsOf } from "./search";
import { SEVERITY_TONES } from "./words";

interface CompareProps {
  value: DriftSearch;
  onChange: (value: DriftSearch) => void;
}

const SETTLE_MS = 400;

/** Two periods or two models, signal by signal. */
export function Compare({ value, onChange }: CompareProps) {
  const params = useDebounced(paramsOf(value), SETTLE_MS);
  const found = useComparison(params);
  const text = (name: keyof DriftSearch, label: string, placeholder: string) => (
    <TextField
      label={label}
      value={value[name] ?? ""}
      placeholder={placeholder}
      onChange={(next) => {
        const { [name]: _, ...rest } = value;
        onChange(next ? { ...rest, [name]: next } : rest);
      }}
    />
  );
  return (
    <>
      <section className={cx(styles.card, styles.six)} aria-label="What to compare">
        {text("before", "Earlier from", "now-8d")}
        {text("until", "to", "now-7d")}
        {text("other", "with model", "the same")}
        {text("from", "Later from", "now-1d")}
        {text("to", "to", "now")}
        {text("model", "of model", "all")}
      </section>
      {!params ? (
        <p className={styles.dim}>Name an earlier period, or another model to compare with.</p>
      ) : found.error ? (
        <p className={styles.problem} role="alert">
          {found.error.message}
        </p>
      ) : !found.data ? (
        <Loading height={200} />
      ) : (
        <section aria-label="Differences" aria-live="polite">
          <p className={styles.verdict}>
            <Badge tone={SEVERITY_TONES[found.data.severity]} hasDot>
              {found.data.severity}
            </Badge>
            {count(found.data.calls[0])} calls against {count(found.data.calls[1])}
            {found.data.versions.some((side) => side.length > 0) &&
              `; answered as ${found.data.versions.map((side) => side.join(", ") || "–").join(" then ")}`}
          </p>
          <ul className={styles.signalsGrid}>
            {found.data.signals.map((one) => (
              <Signal key={one.signal} signal={one} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Signal({ signal }: { signal: SignalComparison }) {
  const shares = Object.entries(signal.shares ?? {});
  const high = Math.max(0.01, ...shares.flatMap(([, pair]) => [...pair]));
  return (
    <li className={cx(styles.card, !signal.is_different && styles.same)}>
      <div className={styles.head}>
        <h3>{signal.signal}</h3>
        {signal.is_different && (
          <Badge tone={SEVERITY_TONES[signal.severity ?? "none"]}>{signal.severity}</Badge>
        )}
        <span className={styles.push}>
          {signal.median
            ? signal.median.map((value) => Number(value.toPrecision(4))).join(" → ")
            : `effect ${signal.effect.toFixed(2)}`}
        </span>
      </div>
      <div className={styles.bars} role="img" aria-label={`Distribution of ${signal.signal}`}>
        {shares.map(([name, [before, after]]) => (
          <span
            key={name}
            title={`${name}: ${(before * 100).toFixed(0)} % before, ${(after * 100).toFixed(0)} % after`}
          >
            <i style={{ height: `${(before / high) * 100}%` }} />
            <b style={{ height: `${(after / high) * 100}%` }} />
            {signal.kind === "class" && <em>{name}</em>}
          </span>
        ))}
      </div>
      <p className={styles.dim}>
        p {signal.p < 0.001 ? signal.p.toExponential(1) : signal.p.toFixed(3)}
        {signal.psi != null && `, PSI ${signal.psi.toFixed(2)}`}
      </p>
    </li>
  );
}
