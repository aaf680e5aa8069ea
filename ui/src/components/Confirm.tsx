import type { ReactNode } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Refusal } from "@/components/Form";
import styles from "./Confirm.module.css";

interface ConfirmProps {
  title: string;
  action: string;
  isBusy: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
  /** It takes nothing away. */
  isSafe?: boolean;
  children: ReactNode;
}

/** Asks before something is done that cannot be taken back, or asks for what it needs. */
export function Confirm({
  title,
  action,
  isBusy,
  error,
  onConfirm,
  onClose,
  isSafe,
  children,
}: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={styles.body}>
        {children}
        {error && <Refusal error={error} />}
        <div className={styles.choice}>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind={isSafe ? "primary" : "danger"} disabled={isBusy} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
