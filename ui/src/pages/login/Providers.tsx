import type { SessionState } from "@/api/model";
import buttons from "@/components/Button.module.css";
import { cx } from "@/lib/cx";
import styles from "./LoginPage.module.css";

/** Ways in through others. They are no pages of this one: the browser itself goes there. */
export function Providers(props: {
  providers: SessionState["providers"];
  next?: string | undefined;
  /** Whether it is the only way in. */
  isAlone: boolean;
  isInvited?: boolean;
}) {
  if (props.providers.length === 0) return null;
  const query = props.next ? `?${new URLSearchParams({ next: props.next })}` : "";
  return (
    <section className={cx(styles.providers, props.isAlone && styles.card)}>
      {props.isAlone && (
        <>
          <img src="/favicon.svg" width="34" height="34" alt="" />
          <h1>Vedette</h1>
          {props.isInvited && (
            <p>You were invited. Log in with the address that you were asked by.</p>
          )}
        </>
      )}
      {!props.isAlone && <p className={styles.or}>or</p>}
      {props.providers.map(({ name, label }) => (
        <a
          key={name}
          className={cx(buttons.button, styles.provider, props.isAlone && buttons.primary)}
          href={`/sso/${name}${query}`}
        >
          Log in with {label}
        </a>
      ))}
    </section>
  );
}
