import { useMemo, useState } from "react";
import { load, save } from "@/lib/storage";
import { COLUMNS, DEFAULT_COLUMNS } from "./columns";

export function readColumns(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  return COLUMNS.map((column) => column.id).filter((id) => value.includes(id));
}

/** Which columns are shown, remembered in this browser. */
export function useColumns() {
  const [ids, setIds] = useState<readonly string[]>(() =>
    load("columns", readColumns, [...DEFAULT_COLUMNS]),
  );
  const shown = useMemo(() => COLUMNS.filter((column) => ids.includes(column.id)), [ids]);
  const set = (next: readonly string[]) => {
    save("columns", next);
    setIds(next);
  };
  return { ids, shown, set };
}
