import { useState } from "react";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Popover } from "@/components/Popover";
import panel from "@/components/Popover.module.css";
import { describe, RANGE_NAMES, RANGES, type RangeName, type RangeSearch } from "@/lib/timerange";
import styles from "./TimeRangePicker.module.css";

interface TimeRangePickerProps {
  value: RangeSearch;
  /** What no range in the URL means; null for any time. */
  fallback: RangeName | null;
  onChange: (range: RangeSearch) => void;
}

export function TimeRangePicker({ value, fallback, onChange }: TimeRangePickerProps) {
  const [isOpen, setOpen] = useState(false);
  const isCustom = Boolean(value.from || value.to);
  const named = isCustom ? null : (value.range ?? fallback);
  const choose = (range: RangeSearch) => {
    setOpen(false);
    onChange(range);
  };
  return (
    <Popover
      label="Time range"
      align="end"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button icon="clock" isActive={isCustom}>
          {named || isCustom ? describe(value, fallback ?? undefined) : "Any time"}
        </Button>
      }
    >
      {fallback === null && (
        <Choice isChosen={!named && !isCustom} label="Any time" onChoose={() => choose({})} />
      )}
      {RANGE_NAMES.map((name) => (
        <Choice
          key={name}
          isChosen={named === name}
          label={`Last ${RANGES[name].label}`}
          onChoose={() => choose({ range: name })}
        />
      ))}
      <div className={panel.separator} />
      <CustomRange value={value} onChoose={choose} />
    </Popover>
  );
}

function Choice(props: { isChosen: boolean; label: string; onChoose: () => void }) {
  return (
    <button
      type="button"
      className={panel.item}
      aria-pressed={props.isChosen}
      onClick={props.onChoose}
    >
      <span className={panel.mark}>{props.isChosen && <Icon name="check" />}</span>
      {props.label}
    </button>
  );
}

/** `2026-03-04T10:00` of local time, as the browser's field wants it. */
function toField(iso: string | undefined): string {
  if (!iso) return "";
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

interface CustomRangeProps {
  value: RangeSearch;
  onChoose: (range: RangeSearch) => void;
}

function CustomRange({ value, onChoose }: CustomRangeProps) {
  const [from, setFrom] = useState(toField(value.from));
  const [to, setTo] = useState(toField(value.to));
  const isBackwards = Boolean(from && to && from >= to);
  const isReady = Boolean(from || to) && !isBackwards;
  const apply = () =>
    onChoose({
      ...(from ? { from: new Date(from).toISOString() } : {}),
      ...(to ? { to: new Date(to).toISOString() } : {}),
    });
  return (
    <form
      className={styles.custom}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) apply();
      }}
    >
      <label>
        From
        <input
          type="datetime-local"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <label>
        To
        <input type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />
      </label>
      {isBackwards && <span className={styles.error}>The range ends before it starts.</span>}
      <Button type="submit" kind="primary" disabled={!isReady}>
        Use this range
      </Button>
    </form>
  );
}
