import { useState } from "react";
import { forgotPassword } from "@/api/session";
import { Button } from "@/components/Button";
import { Card } from "./forms";
import styles from "./LoginPage.module.css";

/** Asks for a link by mail. Whether there is such a user is not told. */
export function Forgot({ onBack }: { onBack: () => void }) {
  const [email, setEmail] = useState("");
  const [isSent, setSent] = useState(false);
  const submit = async () => {
    await forgotPassword({ email: email.trim() });
    setSent(true);
  };
  return (
    <>
      {isSent ? (
        <section className={styles.card} role="status">
          <h1>Look at your mail</h1>
          <p>
            If {email.trim()} has a log-in here, a link to choose a new password is on its way. It
            works once, within an hour.
          </p>
        </section>
      ) : (
        <Card action="Send a link" isReady={email.trim() !== ""} onSubmit={submit}>
          <p>We send you a link with which you choose a new password.</p>
          <label>
            Address
            <input
              type="email"
              autoComplete="username"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </label>
        </Card>
      )}
      <Button kind="ghost" isSmall onClick={onBack}>
        Back to the log-in
      </Button>
    </>
  );
}
