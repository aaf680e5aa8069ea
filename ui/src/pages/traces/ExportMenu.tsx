import { useState } from "react";
import { Button } from "@/components/Button";
import type { TraceFilters } from "@/lib/filters";
import { ExportDialog } from "./ExportDialog";

export function ExportMenu({ filters }: { filters: TraceFilters }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon="download" aria-label="Export" onClick={() => setOpen(true)} />
      {isOpen && <ExportDialog filters={filters} onClose={() => setOpen(false)} />}
    </>
  );
}
