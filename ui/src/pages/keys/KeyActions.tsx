import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useChangeKey, useDeleteKey, useRotateKey } from "@/api/access";
import type { IssuedKey, Key } from "@/api/model";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { SelectField } from "@/components/Field";
import { IssuedDialog } from "./IssuedDialog";

const OVERLAPS = [
  { value: "0", label: "not at all" },
  { value: "3600", label: "for an hour" },
  { value: "86400", label: "for a day" },
  { value: "604800", label: "for a week" },
] as const;

type Overlap = (typeof OVERLAPS)[number]["value"];

/** Rotate, disable, delete. */
export function KeyActions({ item }: { item: Key }) {
  const [asked, setAsked] = useState<"rotate" | "delete" | null>(null);
  const change = useChangeKey(item.id, item.version);
  const close = () => setAsked(null);
  return (
    <>
      {!item.replaced_by && item.status === "active" && (
        <Button icon="rotate" onClick={() => setAsked("rotate")}>
          Rotate
        </Button>
      )}
      <Button
        icon={item.disabled ? "check" : "pause"}
        disabled={change.isPending}
        onClick={() => change.mutate({ disabled: !item.disabled })}
      >
        {item.disabled ? "Enable" : "Disable"}
      </Button>
      <Button icon="trash" aria-label="Delete key" onClick={() => setAsked("delete")} />
      {asked === "rotate" && <Rotate item={item} onClose={close} />}
      {asked === "delete" && <Delete item={item} onClose={close} />}
    </>
  );
}

interface AskedProps {
  item: Key;
  onClose: () => void;
}

function Rotate({ item, onClose }: AskedProps) {
  const [overlap, setOverlap] = useState<Overlap>("3600");
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const rotate = useRotateKey(item.id);
  const navigate = useNavigate();
  if (issued) {
    return (
      <IssuedDialog
        issued={issued}
        onClose={() => {
          onClose();
          void navigate({ to: "/keys/$keyId", params: { keyId: issued.id } });
        }}
      />
    );
  }
  return (
    <Confirm
      title={`Rotate ${item.name}?`}
      action="Make a new key"
      isSafe
      isBusy={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate(Number(overlap), { onSuccess: setIssued })}
      onClose={onClose}
    >
      <p>The new key has the settings of this one and goes on with its budgets.</p>
      <SelectField
        label="The old key goes on working"
        value={overlap}
        options={OVERLAPS}
        onChange={setOverlap}
      />
    </Confirm>
  );
}

function Delete({ item, onClose }: AskedProps) {
  const navigate = useNavigate();
  const remove = useDeleteKey(item.id, () => navigate({ to: "/keys" }));
  return (
    <Confirm
      title={`Delete ${item.name}?`}
      action="Delete"
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>
        Within a second calls with it are refused, for good. What it spent stays in the ledger. To
        stop it for a while, disable it.
      </p>
    </Confirm>
  );
}
