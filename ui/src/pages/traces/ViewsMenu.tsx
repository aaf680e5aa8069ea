import { useState } from "react";
import type { SavedView } from "@/api/model";
import { useDeleteView, useSaveView, useViews } from "@/api/views";
import { Button } from "@/components/Button";
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
  const remove = useDeleteView();
  const own = views.data?.filter((view) => view.page === "traces") ?? [];
  const open = (view: SavedView) => {
    setOpen(false);
    const saved = readColumns(view.layout.columns);
    if (saved) onColumns(saved);
    onOpen(readFilters(view.query));
  };
  return (
    <Popover
      label="Saved views"
      align="end"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={<Button icon="bookmark">Views</Button>}
    >
      <div className={panel.label}>Saved views</div>
      {own.length === 0 && (
        <p className={styles.none}>{views.isError ? views.error.message : "None yet."}</p>
      )}
      {own.map((view) => (
        <div key={view.id} className={styles.row}>
          <button type="button" className={panel.item} onClick={() => open(view)}>
            <span className={panel.grow}>{view.name}</span>
          </button>
          <Button
            kind="ghost"
            isSmall
            icon="trash"
            aria-label={`Delete ${view.name}`}
            onClick={() => remove.mutate(view)}
          />
        </div>
      ))}
      <div className={panel.separator} />
      <SaveForm filters={filters} columns={columns} />
    </Popover>
  );
}

function SaveForm({ filters, columns }: { filters: TraceFilters; columns: readonly string[] }) {
  const [name, setName] = useState("");
  const save = useSaveView();
  const submit = () => {
    const entries = Object.entries(filters).filter(([, value]) => value !== undefined);
    const query = Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
    save.mutate(
      { name: name.trim(), page: "traces", query, layout: { columns } },
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
      {save.isError && <p className={styles.error}>{save.error.message}</p>}
    </form>
  );
}
