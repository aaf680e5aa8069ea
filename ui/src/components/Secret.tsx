import { Copy } from "./Copy";
import styles from "./Secret.module.css";

interface SecretProps {
  text: string;
  /** What the button says, such as "Copy the key". */
  label: string;
  /** As it is shown, where that is easier to read. */
  shown?: string | undefined;
}

/** Something that is shown this once, to be copied. */
export function Secret({ text, label, shown = text }: SecretProps) {
  return (
    <div className={styles.secret}>
      <code>{shown}</code>
      <Copy text={text} label={label} />
    </div>
  );
}
