import { type FormEvent, useState } from "react";
import { useSaveChannel } from "@/api/alerts";
import { ApiError } from "@/api/http";
import type { ChannelKept, ChannelKind } from "@/api/model";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { SelectField, TextField } from "@/components/Field";
import styles from "./AlertsPage.module.css";
import { errorOf } from "./draft";

interface ChannelFormProps {
  seen: ChannelKept | undefined;
  kinds: readonly ChannelKind[];
  onClose: () => void;
}

export function ChannelForm({ seen, kinds, onClose }: ChannelFormProps) {
  const [name, setName] = useState(seen?.channel.name ?? "");
  const [kindName, setKind] = useState(seen?.channel.kind ?? "webhook");
  const [options, setOptions] = useState<Record<string, string>>(seen?.channel.options ?? {});
  const save = useSaveChannel(seen);
  const errors = save.error instanceof ApiError ? save.error.fields : [];
  const kind = kinds.find((one) => one.name === kindName);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const known = (kind?.options ?? [])
      .map((option) => [option.name, options[option.name]?.trim() ?? ""] as const)
      .filter(([, value]) => value);
    save.mutate(
      { ...seen?.channel, name: name.trim(), kind: kindName, options: Object.fromEntries(known) },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog title={seen ? `Channel ${seen.channel.name}` : "New channel"} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} aria-label="Channel" noValidate>
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          error={errorOf(errors, "name")}
          isFirst
        />
        <SelectField
          label="Kind"
          value={kindName}
          options={kinds.map((one) => ({ value: one.name, label: one.name }))}
          onChange={(next) => {
            setKind(next);
            setOptions({});
          }}
        />
        {kind?.options.map((option) =>
          option.choices.length > 0 ? (
            <SelectField
              key={option.name}
              label={option.label}
              value={options[option.name] ?? option.default}
              options={option.choices.map((value) => ({ value, label: value }))}
              onChange={(value) => setOptions({ ...options, [option.name]: value })}
            />
          ) : (
            <TextField
              key={option.name}
              label={option.label}
              value={options[option.name] ?? ""}
              placeholder={option.default}
              hint={option.is_secret ? "Encrypted; it is not shown again." : undefined}
              onChange={(value) => setOptions({ ...options, [option.name]: value })}
              isWide={option.is_secret}
            />
          ),
        )}
        {save.error && (
          <p className={styles.problem} role="alert">
            {errorOf(errors, "options") ?? save.error.message}
          </p>
        )}
        <div className={styles.choice}>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={save.isPending}>
            {seen ? "Save" : "Create channel"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
