import { Button } from "@/components/Button";
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from "@/components/Menu";
import { COLUMNS, DEFAULT_COLUMNS } from "./columns";

interface ColumnMenuProps {
  ids: readonly string[];
  onChange: (ids: readonly string[]) => void;
}

export function ColumnMenu({ ids, onChange }: ColumnMenuProps) {
  return (
    <Menu align="end" trigger={<Button icon="columns" aria-label="Columns" />}>
      <MenuLabel>Columns</MenuLabel>
      {COLUMNS.map((column) => (
        <MenuCheck
          key={column.id}
          staysOpen
          isChecked={ids.includes(column.id)}
          onChange={(isChecked) =>
            onChange(isChecked ? [...ids, column.id] : ids.filter((id) => id !== column.id))
          }
        >
          {column.label}
        </MenuCheck>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => onChange(DEFAULT_COLUMNS)}>Default columns</MenuItem>
    </Menu>
  );
}
