import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useDropTotp } from "@/api/me";
import type { Person } from "@/api/model";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { CodesDialog } from "./CodesDialog";
import styles from "./profile.module.css";
import { SecretField } from "./SecretField";

/** One-time codes: whether they are asked for, and how to begin or end that. */
export function Codes({ person }: { person: Person }) {
  const [open, setOpen] = useState<"begin" | "drop" | null>(null);
  const client = useQueryClient();
  const close = () => {
    setOpen(null);
    void client.invalidateQueries({ queryKey: ["me"] });
  };
  return (
    <section className={styles.card} aria-label="One-time codes">
      <h2>
        One-time codes{" "}
        {person.has_totp ? <Badge tone="good">on</Badge> : <Badge tone="warn">off</Badge>}
      </h2>
      <p className={styles.note}>
        {person.has_totp
          ? "When you log in you are asked for a code of your app besides the password. A recovery code works once in its place."
          : "With a code of an app on your phone besides the password, whoever learns the password cannot log in with it."}
      </p>
      {!person.has_password ? (
        <p className={styles.note}>They go with a password, which you do not have.</p>
      ) : person.has_totp ? (
        <div className={styles.foot}>
          <Button onClick={() => setOpen("begin")}>Set up anew</Button>
          <Button onClick={() => setOpen("drop")}>Switch off</Button>
        </div>
      ) : (
        <div className={styles.foot}>
          <Button kind="primary" onClick={() => setOpen("begin")}>
            Set up
          </Button>
        </div>
      )}
      {open === "begin" && <CodesDialog onClose={close} />}
      {open === "drop" && <DropDialog onClose={close} />}
    </section>
  );
}

function DropDialog({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState("");
  const drop = useDropTotp();
  return (
    <Confirm
      title="Switch one-time codes off?"
      action="Switch off"
      isBusy={drop.isPending || !password}
      error={drop.error}
      onConfirm={() => drop.mutate(password, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>The password alone is asked for then. The recovery codes are void.</p>
      <SecretField label="Your password" value={password} onChange={setPassword} />
    </Confirm>
  );
}
