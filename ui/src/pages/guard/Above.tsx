import type { PolicyDetail } from "@/api/policies";
import styles from "./guard.module.css";

/** What holds further up under the same names: from below it is not loosened by accident. */
export function Above({ above }: { above: PolicyDetail["above"] }) {
  return above?.map((one) => (
    <p key={`${one.policy} ${one.rule} ${one.is_replaced}`} className={styles.dim}>
      {one.policy} ({one.level}) has a rule <b>{one.rule}</b>, too:{" "}
      {one.is_replaced ? "this one takes its place." : "it goes on holding as well."}
    </p>
  ));
}
