import type { UseMutationResult } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";

interface DeleteButtonProps<Asked> {
  what: string;
  remove: UseMutationResult<unknown, Error, Asked>;
  /** What `remove` is asked with. */
  with: NoInfer<Asked>;
  /** What follows from it. */
  children: ReactNode;
}

/** Asks first; the dialog stays, with the reason, where it is refused. */
export function DeleteButton<Asked>(props: DeleteButtonProps<Asked>) {
  const { what, remove, children } = props;
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
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
        <Confirm
          title={`Delete ${what}?`}
          action="Delete"
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(props.with, { onSuccess: close })}
          onClose={close}
        >
          <p>{children}</p>
        </Confirm>
      )}
    </>
  );
}
