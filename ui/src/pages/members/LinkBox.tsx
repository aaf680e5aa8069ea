import { Button } from "@/components/Button";
import { Secret } from "@/components/Secret";
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
      <Secret text={link} label="Copy the link" />
      <Button kind="primary" className={styles.done} onClick={onClose}>
        I have it
      </Button>
    </div>
  );
}
