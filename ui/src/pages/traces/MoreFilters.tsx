import { useState } from "react";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Popover } from "@/components/Popover";
import { NUMBER_FILTERS, readFilters, type TraceFilters } from "@/lib/filters";
import styles from "./FilterBar.module.css";

const FIELDS = [
  { name: "session", label: "Session id", type: "text" },
  { name: "user", label: "User id", type: "text" },
  { name: "min_cost", label: "Cost at least, USD", type: "number" },
  { name: "min_latency_ms", label: "Duration at least, ms", type: "number" },
] as const;

interface MoreFiltersProps {
  filters: TraceFilters;
  onChange: (filters: TraceFilters) => void;
}

export function MoreFilters({ filters, onChange }: MoreFiltersProps) {
  const [isOpen, setOpen] = useState(false);
  const isActive = FIELDS.some((field) => filters[field.name] !== undefined);
  const submit = (form: HTMLFormElement) => {
    const values = Object.fromEntries(new FormData(form));
    setOpen(false);
    onChange(readFilters({ ...filters, ...values }));
  };
  return (
    <Popover
      label="More filters"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button kind="ghost" isActive={isActive}>
          More
          <Icon name="down" width={12} height={12} />
        </Button>
      }
    >
      <form
        className={styles.more}
        onSubmit={(event) => {
          event.preventDefault();
          submit(event.currentTarget);
        }}
      >
        {FIELDS.map((field) => (
          <label key={field.name}>
            {field.label}
            <input
              name={field.name}
              type={field.type}
              min={NUMBER_FILTERS.some((name) => name === field.name) ? 0 : undefined}
              step="any"
              defaultValue={filters[field.name] ?? ""}
            />
          </label>
        ))}
        <Button type="submit" kind="primary">
          Use these filters
        </Button>
      </form>
    </Popover>
  );
}
