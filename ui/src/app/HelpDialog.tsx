import { Dialog } from "@/components/Dialog";
import styles from "./HelpDialog.module.css";

const SHORTCUTS: [string[], string][] = [
  [["1", "…", "7"], "Overview, traces, providers, routes, spend, budgets, keys"],
  [["9"], "Audit log"],
  [["Ctrl", "K"], "Go to a page, a trace id or a search"],
  [["/"], "Search the traces"],
  [["j", "k"], "Next and previous trace or span"],
  [["Enter"], "Open the selected trace"],
  [["p"], "Peek at the selected trace beside the list"],
  [["Space"], "Play or pause the replay of a session"],
  [["e"], "Next error of a trace"],
  [["n", "N"], "Next and previous span found"],
  [["x"], "Critical path of a trace"],
  [["g"], "Graph or tree of a trace"],
  [["c"], "Copy the id of the selected trace"],
  [["l"], "Live updates on or off"],
  [["Esc"], "Back: leave the field, the selection, the trace"],
  [["?"], "This help"],
];

export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <dl className={styles.list}>
        {SHORTCUTS.map(([keys, meaning]) => (
          <Row key={meaning} keys={keys} meaning={meaning} />
        ))}
      </dl>
    </Dialog>
  );
}

function Row({ keys, meaning }: { keys: string[]; meaning: string }) {
  return (
    <>
      <dt>
        {keys.map((key) => (
          <kbd key={key} className={styles.key}>
            {key}
          </kbd>
        ))}
      </dt>
      <dd>{meaning}</dd>
    </>
  );
}
