import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useState } from "react";
import { useAccess } from "@/api/rights";
import { type Command, commandsFor } from "@/app/commands";
import { Dialog } from "@/components/Dialog";
import { Icon } from "@/components/Icon";
import styles from "./CommandDialog.module.css";

export function CommandDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const listId = useId();
  const commands = commandsFor(text, navigate, useAccess());
  const selected = Math.min(at, commands.length - 1);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) setAt((selected + step + commands.length) % commands.length);
    else if (event.key === "Enter") run(commands[selected]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Go to" onClose={onClose}>
      <input
        data-first-focus=""
        className={styles.field}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={`${listId}-${selected}`}
        aria-label="Page, trace id or text"
        placeholder="Page, trace id or text to search"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} className={styles.list} role="listbox" aria-label="Places">
        {commands.map((command, index) => (
          <button
            key={command.label}
            id={`${listId}-${index}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === selected}
            className={styles.item}
            onClick={() => run(command)}
            onMouseMove={() => setAt(index)}
          >
            <Icon name={command.icon} />
            {command.label}
          </button>
        ))}
      </div>
    </Dialog>
  );
}
