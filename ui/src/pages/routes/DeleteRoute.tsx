import { useState } from "react";
import { useDeleteRoute } from "@/api/routes";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import styles from "./RoutesPage.module.css";

/** Asks first: calls that name the route fail from then on. */
export function DeleteRoute({ model, version }: { model: string; version: number }) {
  const [isOpen, setOpen] = useState(false);
  const remove = useDeleteRoute();
  return (
    <>
      <Button
        kind="ghost"
        icon="trash"
        isSmall
        aria-label={`Delete route ${model}`}
        onClick={() => setOpen(true)}
      />
      {isOpen && (
        <Dialog title={`Delete ${model}?`} onClose={() => setOpen(false)}>
          <p>Calls that name this route are then looked up as any other model name.</p>
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
              onClick={() => remove.mutate({ model, version }, { onSuccess: () => setOpen(false) })}
            >
              Delete
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
