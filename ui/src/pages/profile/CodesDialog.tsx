import { type FormEvent, lazy, Suspense, useEffect, useState } from "react";
import { useBeginTotp, useConfirmTotp } from "@/api/me";
import type { TotpBegun } from "@/api/model";
import { Button } from "@/components/Button";
import { Copy } from "@/components/Copy";
import { Dialog } from "@/components/Dialog";
import { Field } from "@/components/Field";
import { Refusal } from "@/components/Form";
import { Secret } from "@/components/Secret";
import { Skeleton } from "@/components/States";
import styles from "./profile.module.css";
import { SecretField } from "./SecretField";

const QrCode = lazy(() => import("./QrCode"));

/** Scan, show a code, keep the recovery codes. */
export function CodesDialog({ onClose }: { onClose: () => void }) {
  const begin = useBeginTotp();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { mutate } = begin;
  useEffect(() => mutate(), [mutate]);
  return (
    <Dialog title={codes ? "Recovery codes" : "Set up one-time codes"} onClose={onClose}>
      {codes ? (
        <Recovery codes={codes} onClose={onClose} />
      ) : begin.data ? (
        <Enrol begun={begin.data} onCodes={setCodes} />
      ) : begin.error ? (
        <Refusal error={begin.error} />
      ) : (
        <Skeleton height={240} />
      )}
    </Dialog>
  );
}

interface EnrolProps {
  begun: TotpBegun;
  onCodes: (codes: readonly string[]) => void;
}

function Enrol({ begun, onCodes }: EnrolProps) {
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const confirm = useConfirmTotp();
  const isReady = code.trim() !== "" && password !== "" && !confirm.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady)
      confirm.mutate(
        { secret: begun.secret, code: code.trim(), password },
        { onSuccess: (answer) => onCodes(answer.codes) },
      );
  };
  return (
    <form className={styles.stack} onSubmit={submit} aria-label="One-time codes">
      <p>Scan this with an authenticator app on your phone, or type the secret into it.</p>
      <div className={styles.enrol}>
        <Suspense fallback={<Skeleton width={168} height={168} />}>
          <QrCode text={begun.uri} label="QR code of the secret" />
        </Suspense>
        <div className={styles.stack}>
          <Secret
            text={begun.secret}
            label="Copy the secret"
            shown={begun.secret.match(/.{1,4}/g)?.join(" ")}
          />
          <Field label="Code that the app shows now">
            {(control) => (
              <input
                {...control}
                data-first-focus=""
                type="text"
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={20}
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            )}
          </Field>
          <SecretField label="Your password" value={password} onChange={setPassword} />
        </div>
      </div>
      {confirm.error && <Refusal error={confirm.error} />}
      <div className={styles.foot}>
        <Button kind="primary" type="submit" disabled={!isReady}>
          Put in force
        </Button>
      </div>
    </form>
  );
}

function Recovery({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <div className={styles.stack}>
      <p>
        One-time codes are in force. Should the phone be lost, each of these lets you in once. Keep
        them well: they are not shown again.
      </p>
      <ul className={styles.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        <Copy text={codes.join("\n")} label="Copy the recovery codes">
          Copy all
        </Copy>
        <Button kind="primary" onClick={onClose}>
          I have them
        </Button>
      </div>
    </div>
  );
}
