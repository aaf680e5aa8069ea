import { apiUrl } from "@/api/http";
import { Button } from "@/components/Button";
import { Menu, MenuItem, MenuLabel } from "@/components/Menu";
import { filterParams, type TraceFilters } from "@/lib/filters";

/** The browser saves the stream itself: however long it is, nothing is held in memory. */
function download(filters: TraceFilters, format: "jsonl" | "csv"): void {
  const link = document.createElement("a");
  link.href = apiUrl("/export", { ...filterParams(filters), format });
  link.download = `vedette-spans.${format}`;
  link.click();
}

export function ExportMenu({ filters }: { filters: TraceFilters }) {
  return (
    <Menu align="end" trigger={<Button icon="download" aria-label="Export" />}>
      <MenuLabel>Export the spans that match</MenuLabel>
      <MenuItem onSelect={() => download(filters, "jsonl")}>JSON lines, with payloads</MenuItem>
      <MenuItem onSelect={() => download(filters, "csv")}>CSV, without payloads</MenuItem>
    </Menu>
  );
}
