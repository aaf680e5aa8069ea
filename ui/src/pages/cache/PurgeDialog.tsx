import { useState } from "react";
import { usePurgeCache } from "@/api/cache";
import { ApiError } from "@/api/http";
import type { PurgeBody } from "@/api/model";
import { useOwnProjects } from "@/api/rights";
import { currentScope } from "@/api/scope";
import { useRights } from "@/api/session";
import { fieldError } from "@/components/allowance/draft";
import { Confirm } from "@/components/Confirm";
import { SelectField, TextField } from "@/components/Field";
import { Fields } from "@/components/Form";

/** What is to be forgotten; nothing chosen is everything. */
export function purgeBody(draft: Record<"project" | "model" | "tag" | "key", string>): PurgeBody {
  const set = Object.entries(draft).flatMap(([name, value]) => {
    const text = value.trim();
    return text ? [[name, text] as const] : [];
  });
  return set.length > 0 ? Object.fromEntries(set) : { everything: true };
}

export function PurgeDialog({ onClose }: { onClose: () => void }) {
  const { rulesAll } = useRights();
  const own = useOwnProjects("project.manage");
  const project = rulesAll ? "" : currentScope().project;
  const [draft, setDraft] = useState({ project, model: "", tag: "", key: "" });
  const purge = usePurgeCache();
  const errors = purge.error instanceof ApiError ? purge.error.fields : [];
  const body = purgeBody(draft);
  const text = (name: keyof typeof draft) => ({
    value: draft[name],
    error: fieldError(errors, name),
    onChange: (value: string) => setDraft((before) => ({ ...before, [name]: value })),
  });
  return (
    <Confirm
      title="Forget kept answers"
      action={body.everything ? "Forget everything" : "Forget these"}
      isBusy={purge.isPending}
      error={purge.error}
      onConfirm={() => purge.mutate(body, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>Those that match all that is set. Workers forget theirs within two seconds.</p>
      <Fields>
        <SelectField
          label="Project"
          {...text("project")}
          options={[
            ...(rulesAll ? [{ value: "", label: "any" }] : []),
            ...own.map((one) => ({ value: one.id, label: one.name })),
          ]}
        />
        <TextField label="Model" hint="As clients name it." {...text("model")} placeholder="any" />
        <TextField label="Tag" {...text("tag")} placeholder="any" />
        <TextField label="One answer" hint="Its x-vedette-cache-key." {...text("key")} />
      </Fields>
    </Confirm>
  );
}
