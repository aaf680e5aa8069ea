import { Button } from "@/components/Button";
import { Copy } from "@/components/Copy";
import styles from "./members.module.css";

interface LinkBoxProps {
  /** Of the console, such as `/login?reset=…`. */
  path: string;
  /** What to do with it. */
  children: React.ReactNode;
  onClose: () => void;
}

/** A link that is shown this once. */
export function LinkBox({ path, children, onClose }: LinkBoxProps) {
  const link = `${window.location.origin}${path}`;
  return (
    <div className={styles.stack}>
      {children}
      <div className={styles.secret}>
        <code>{link}</code>
        <Copy text={link} label="Copy the link" />
      </div>
      <Button kind="primary" className={styles.done} onClick={onClose}>
        I have it
      </Button>
    </div>
  );
}
