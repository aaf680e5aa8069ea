import { useState } from "react";
import type { SavedView } from "@/api/model";
import { useMayHere } from "@/api/rights";
import { currentScope } from "@/api/scope";
import { useRights } from "@/api/session";
import { useDeleteView, useSaveView, useShareView, useViews } from "@/api/views";
import { Button } from "@/components/Button";
import { Copy } from "@/components/Copy";
import { Popover } from "@/components/Popover";
import panel from "@/components/Popover.module.css";
import { readFilters, type TraceFilters } from "@/lib/filters";
import { readColumns } from "./useColumns";
import styles from "./ViewsMenu.module.css";

interface ViewsMenuProps {
  filters: TraceFilters;
  columns: readonly string[];
  onOpen: (filters: TraceFilters) => void;
  onColumns: (columns: readonly string[]) => void;
}

export function ViewsMenu({ filters, columns, onOpen, onColumns }: ViewsMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const views = useViews();
  const maySave = useMayHere("calls.write");
  const all = views.data?.filter((view) => view.page === "traces") ?? [];
  const open = (view: SavedView) => {
    setOpen(false);
    const saved = readColumns(view.layout.columns);
    if (saved) onColumns(saved);
    onOpen(readFilters(view.query));
  };
  const list = (label: string, visibility: SavedView["visibility"]) => {
    const some = all.filter((view) => view.visibility === visibility);
    return (
      some.length > 0 && (
        <>
          <div className={panel.label}>{label}</div>
          {some.map((view) => (
            <ViewRow key={view.id} view={view} onOpen={() => open(view)} />
          ))}
        </>
      )
    );
  };
  return (
    <Popover
      label="Saved views"
      align="end"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={<Button icon="bookmark">Views</Button>}
    >
      {all.length === 0 && (
        <>
          <div className={panel.label}>Saved views</div>
          <p className={styles.none}>{views.isError ? views.error.message : "None yet."}</p>
        </>
      )}
      {list("Yours alone", "private")}
      {list("Shared with the project", "project")}
      <div className={panel.separator} />
      {maySave ? (
        <SaveForm filters={filters} columns={columns} />
      ) : (
        <p className={styles.none}>Saving views needs the permission calls.write.</p>
      )}
    </Popover>
  );
}

/** Opens the view for whoever may see it; it names the project. */
function linkOf(view: SavedView): string {
  const { project } = currentScope();
  const query = project ? `?project=${encodeURIComponent(project)}` : "";
  return `${window.location.origin}/views/${view.id}${query}`;
}

function ViewRow({ view, onOpen }: { view: SavedView; onOpen: () => void }) {
  const remove = useDeleteView();
  const share = useShareView();
  const isShared = view.visibility === "project";
  const { user } = useRights();
  return (
    <div className={styles.row}>
      <button
        type="button"
        className={panel.item}
        title={view.owner ? `Saved by ${view.owner}` : undefined}
        onClick={onOpen}
      >
        <span className={panel.grow}>{view.name}</span>
      </button>
      {isShared && <Copy icon="link" text={linkOf(view)} label={`Copy the link of ${view.name}`} />}
      {view.may_change && user && (
        <Button
          kind="ghost"
          isSmall
          icon={isShared ? "lock" : "members"}
          aria-label={isShared ? `Keep ${view.name} for yourself` : `Share ${view.name}`}
          disabled={share.isPending}
          onClick={() => share.mutate({ view, visibility: isShared ? "private" : "project" })}
        />
      )}
      {view.may_change && (
        <Button
          kind="ghost"
          isSmall
          icon="trash"
          aria-label={`Delete ${view.name}`}
          disabled={remove.isPending}
          onClick={() => remove.mutate(view)}
        />
      )}
    </div>
  );
}

function SaveForm({ filters, columns }: { filters: TraceFilters; columns: readonly string[] }) {
  const [name, setName] = useState("");
  const [isShared, setShared] = useState(false);
  const { user } = useRights();
  const save = useSaveView();
  const submit = () => {
    const entries = Object.entries(filters).filter(([, value]) => value !== undefined);
    const query = Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
    // Without users nobody is there to keep it from.
    const visibility = isShared || !user ? "project" : "private";
    save.mutate(
      { name: name.trim(), page: "traces", query, layout: { columns }, visibility },
      { onSuccess: () => setName("") },
    );
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() && !save.isPending) submit();
      }}
    >
      <input
        aria-label="Name of the view"
        placeholder="Save this view as…"
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" kind="primary" disabled={!name.trim() || save.isPending}>
        Save
      </Button>
      {user && (
        <label className={styles.share}>
          <input
            type="checkbox"
            checked={isShared}
            onChange={(event) => setShared(event.target.checked)}
          />
          Share with the project
        </label>
      )}
      {save.isError && <p className={styles.error}>{save.error.message}</p>}
    </form>
  );
}
