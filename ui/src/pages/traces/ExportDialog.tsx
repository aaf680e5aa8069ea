import { useState } from "react";
import { apiUrl } from "@/api/http";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { activeFilters, filterParams, type TraceFilters } from "@/lib/filters";
import styles from "./ExportDialog.module.css";

const FORMATS = [
  ["jsonl", "JSON lines", "one span a line, with inputs and outputs"],
  ["json", "JSON", "one array of the same"],
  ["csv", "CSV", "flat, for spreadsheets, without inputs and outputs"],
  ["parquet", "Parquet", "columns for analysis; the server needs pyarrow"],
  ["otlp", "OTLP/JSON", "for other tools that take OpenTelemetry"],
] as const;

const ENDINGS: Record<string, string> = { otlp: "otlp.json" };

interface ExportDialogProps {
  filters: TraceFilters;
  onClose: () => void;
}

/** The browser saves the stream itself: however long it is, nothing is held in memory. */
export function ExportDialog({ filters, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<string>("jsonl");
  const active = activeFilters(filters);
  const download = () => {
    const link = document.createElement("a");
    link.href = apiUrl("/export", { ...filterParams(filters), format });
    link.download = `vedette-spans.${ENDINGS[format] ?? format}`;
    link.click();
    onClose();
  };
  return (
    <Dialog title="Export spans" onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          download();
        }}
      >
        <p>
          {active.length > 0
            ? `Spans where ${active.map(({ label, value }) => `${label} ${value}`).join(", ")}.`
            : "All spans of the time range."}
        </p>
        <fieldset>
          <legend>Format</legend>
          {FORMATS.map(([name, label, hint]) => (
            <label key={name}>
              <input
                type="radio"
                name="format"
                value={name}
                checked={format === name}
                onChange={() => setFormat(name)}
              />
              <b>{label}</b>
              <span>{hint}</span>
            </label>
          ))}
        </fieldset>
        <Button type="submit" kind="primary" icon="download">
          Download
        </Button>
      </form>
    </Dialog>
  );
}
