import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { Icon } from "@/components/Icon";
import styles from "./Popover.module.css";

interface MenuProps {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
}

/** Not modal: a modal menu would inject a style element, which our CSP forbids. */
export function Menu({ trigger, children, align = "start" }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={styles.panel}
          align={align}
          sideOffset={5}
          collisionPadding={8}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <DropdownMenu.Item className={styles.item} onSelect={onSelect}>
      {children}
    </DropdownMenu.Item>
  );
}

interface MenuCheckProps {
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  children: ReactNode;
  staysOpen?: boolean;
}

export function MenuCheck({ isChecked, onChange, children, staysOpen }: MenuCheckProps) {
  return (
    <DropdownMenu.CheckboxItem
      className={styles.item}
      checked={isChecked}
      onCheckedChange={onChange}
      onSelect={(event) => staysOpen && event.preventDefault()}
    >
      <span className={styles.mark}>{isChecked && <Icon name="check" />}</span>
      <span className={styles.grow}>{children}</span>
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className={styles.label}>{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className={styles.separator} />;
}
