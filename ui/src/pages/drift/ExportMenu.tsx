import { apiUrl, type Params } from "@/api/http";
import { Button } from "@/components/Button";
import { Menu, MenuItem, MenuLabel } from "@/components/Menu";
import { type DriftSearch, paramsOf, type Tab } from "./search";

const FORMATS = ["pdf", "csv", "json"] as const;

/** The browser saves the file itself. */
function download(path: string, params: Params, format: string): void {
  const link = document.createElement("a");
  link.href = apiUrl(path, { ...params, format });
  link.download = `vedette${path.replaceAll("/", "-")}.${format}`;
  link.click();
}

/** What the page shows, and the report on all models, as files. */
export function ExportMenu({ tab, search }: { tab: Tab; search: DriftSearch }) {
  const compared = tab === "compare" ? paramsOf(search) : null;
  const group = (label: string, path: string, params: Params) => (
    <>
      <MenuLabel>{label}</MenuLabel>
      {FORMATS.map((format) => (
        <MenuItem key={format} onSelect={() => download(path, params, format)}>
          {label}, {format.toUpperCase()}
        </MenuItem>
      ))}
    </>
  );
  return (
    <Menu align="end" trigger={<Button icon="download" aria-label="Export" />}>
      {compared && group("This comparison", "/drift/compare", compared)}
      {tab === "alarms" && group("Alarms", "/drift/alarms", { limit: 200 })}
      {group("Report of 7 days", "/drift/report", { from: "now-7d" })}
    </Menu>
  );
}
