import { type FormEvent, useState } from "react";
import { useCreateBaseline } from "@/api/drift";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { SelectField, TextField } from "@/components/Field";
import styles from "./DriftPage.module.css";

const KINDS = [
  { value: "frozen", label: "frozen: stays as it was" },
  { value: "rolling", label: "rolling: follows the calls" },
] as const;

export function BaselineForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [model, setModel] = useState("");
  const [route, setRoute] = useState("");
  const [size, setSize] = useState("100");
  const [kind, setKind] = useState<"frozen" | "rolling">("frozen");
  const create = useCreateBaseline();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      {
        name: name.trim(),
        model: model.trim(),
        route: route.trim(),
        size: Number(size),
        rolling: kind === "rolling",
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog title="New baseline" onClose={onClose}>
      <form className={styles.form} onSubmit={submit} aria-label="Baseline" noValidate>
        <TextField label="Name" value={name} onChange={setName} isFirst />
        <TextField label="Calls" value={size} onChange={setSize} inputMode="numeric" />
        <TextField label="Only model" value={model} onChange={setModel} placeholder="all" />
        <TextField label="Only route" value={route} onChange={setRoute} placeholder="all" />
        <SelectField label="Kind" value={kind} options={KINDS} onChange={setKind} isWide />
        {create.error && (
          <p className={styles.problem} role="alert">
            {create.error.message}
          </p>
        )}
        <div className={styles.choice}>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={create.isPending}>
            Create baseline
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
