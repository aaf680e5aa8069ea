import type { Provider } from "@/api/model";
import { isBrokenOff } from "@/lib/attempts";
import { count, percent } from "@/lib/format";
import styles from "./ProviderPage.module.css";

/** What is neither an answer nor an error of the provider has no alarming colour. */
function colorOf(outcome: string): string {
  if (outcome === "ok") return "--good";
  return isBrokenOff(outcome) ? "--border-strong" : "--bad";
}

/** How attempts ended, the most frequent first. */
export function Outcomes({ provider }: { provider: Provider }) {
  const outcomes = provider.outcomes ?? [];
  const total = outcomes.reduce((sum, outcome) => sum + outcome.attempts, 0);
  if (total === 0) return null;
  return (
    <section className={styles.section} aria-label="Attempts by outcome">
      <h2>Attempts by outcome</h2>
      <table className={styles.outcomes}>
        <tbody>
          {outcomes.map(({ outcome, attempts }) => (
            <tr key={outcome}>
              <th scope="row">{outcome}</th>
              <td className={styles.number}>{count(attempts)}</td>
              <td className={styles.number}>{percent(attempts / total)}</td>
              <td className={styles.share} aria-hidden="true">
                <i
                  style={{
                    width: `${(attempts / total) * 100}%`,
                    background: `var(${colorOf(outcome)})`,
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
