import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "@/components/Button";
import styles from "./Dialog.module.css";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

const FIELDS = "input:enabled:not([type=hidden]), select:enabled, textarea:enabled";

/** The browser's own modal: focus stays inside, Escape closes, focus goes back afterwards. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    // The browser gives the focus to the first button, which closes; a field comes first.
    const own = dialog?.querySelector<HTMLElement>("[data-first-focus]");
    (own ?? dialog?.querySelector<HTMLElement>(FIELDS))?.focus();
    return () => dialog?.close();
  }, []);
  useEffect(() => {
    const dialog = ref.current;
    const onPress = (event: MouseEvent) => event.target === dialog && onClose();
    dialog?.addEventListener("mousedown", onPress);
    return () => dialog?.removeEventListener("mousedown", onPress);
  }, [onClose]);
  return (
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={styles.head}>
        <h2 id={titleId}>{title}</h2>
        <Button kind="ghost" icon="close" aria-label="Close" onClick={onClose} />
      </div>
      <div className={styles.body}>{children}</div>
    </dialog>
  );
}
