import { apiUrl, type Params } from "@/api/http";
import { Button } from "@/components/Button";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/Menu";

/** The browser saves the stream itself: however long it is, nothing is held in memory. */
function download(path: string, params: Params, name: string): void {
  const link = document.createElement("a");
  link.href = apiUrl(path, params);
  link.download = name;
  link.click();
}

/** What the page shows as files, and the two reports that bookkeepers ask for. */
export function ExportMenu({ params, by }: { params: Params; by: string }) {
  const sums = (names: string, format: "csv" | "json", file: string) =>
    download("/usage", { ...params, by: names, format }, `${file}.${format}`);
  const rows = (format: "csv" | "jsonl") =>
    download("/ledger", { ...params, format }, `vedette-ledger.${format}`);
  return (
    <Menu align="end" trigger={<Button icon="download" aria-label="Export" />}>
      <MenuLabel>What is shown</MenuLabel>
      <MenuItem onSelect={() => sums(by, "csv", "vedette-spend")}>Sums by {by}, CSV</MenuItem>
      <MenuItem onSelect={() => sums(by, "json", "vedette-spend")}>Sums by {by}, JSON</MenuItem>
      <MenuItem onSelect={() => rows("csv")}>Every call, CSV</MenuItem>
      <MenuItem onSelect={() => rows("jsonl")}>Every call, JSON lines</MenuItem>
      <MenuSeparator />
      <MenuLabel>Chargeback</MenuLabel>
      <MenuItem onSelect={() => sums("organization,project,month", "csv", "vedette-chargeback")}>
        By project and month, CSV
      </MenuItem>
      <MenuItem onSelect={() => sums("project,key,model,month", "csv", "vedette-chargeback-keys")}>
        By key, model and month, CSV
      </MenuItem>
    </Menu>
  );
}
