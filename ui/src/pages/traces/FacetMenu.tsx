import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Menu, MenuCheck, MenuLabel } from "@/components/Menu";

interface FacetMenuProps {
  label: string;
  value: string | undefined;
  values: readonly string[];
  onChange: (value: string | undefined) => void;
}

/** One of the values that occur in the range, or none. */
export function FacetMenu({ label, value, values, onChange }: FacetMenuProps) {
  const shown = value === undefined || values.includes(value) ? values : [value, ...values];
  return (
    <Menu
      trigger={
        <Button kind="ghost" isActive={value !== undefined}>
          {label}
          <Icon name="down" width={12} height={12} />
        </Button>
      }
    >
      {shown.length === 0 && <MenuLabel>Nothing in this range</MenuLabel>}
      {shown.map((option) => (
        <MenuCheck
          key={option}
          isChecked={option === value}
          onChange={(isChecked) => onChange(isChecked ? option : undefined)}
        >
          {option}
        </MenuCheck>
      ))}
    </Menu>
  );
}
