import { useState } from "react";
import type { useDeleteOf } from "@/api/alerts";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import styles from "./AlertsPage.module.css";

interface DeleteButtonProps {
  what: string;
  text: string;
  remove: ReturnType<typeof useDeleteOf>;
  id: string;
  version: number;
}

/** Asks first. */
export function DeleteButton({ what, text, remove, id, version }: DeleteButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        kind="ghost"
        icon="trash"
        isSmall
        aria-label={`Delete ${what}`}
        onClick={() => setOpen(true)}
      />
      {isOpen && (
        <Dialog title={`Delete ${what}?`} onClose={() => setOpen(false)}>
          <p>{text}</p>
          {remove.error && (
            <p className={styles.problem} role="alert">
              {remove.error.message}
            </p>
          )}
          <div className={styles.choice}>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button
              kind="primary"
              disabled={remove.isPending}
              onClick={() => remove.mutate({ id, version }, { onSuccess: () => setOpen(false) })}
            >
              Delete
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
