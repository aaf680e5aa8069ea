import type { IssuedKey } from "@/api/model";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Secret } from "@/components/Secret";
import styles from "./KeysPage.module.css";

/** Shows a new key, this once. */
export function IssuedDialog({ issued, onClose }: { issued: IssuedKey; onClose: () => void }) {
  return (
    <Dialog title="The new key" onClose={onClose}>
      <div className={styles.issued}>
        <p>Keep it well: it is not shown again, and only its hash is stored.</p>
        <Secret text={issued.key} label="Copy the key" />
        <p className={styles.note}>
          Clients send it as they would send that of a provider: <code>Authorization: Bearer</code>,{" "}
          <code>x-api-key</code>, <code>x-goog-api-key</code> or <code>api-key</code>.
        </p>
        <Button kind="primary" className={styles.done} onClick={onClose}>
          I have it
        </Button>
      </div>
    </Dialog>
  );
}
