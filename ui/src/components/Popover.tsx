import { Popover as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import styles from "./Popover.module.css";

interface PopoverProps {
  trigger: ReactNode;
  children: ReactNode;
  label: string;
  align?: "start" | "end";
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

export function Popover({
  trigger,
  children,
  label,
  align = "start",
  isOpen,
  onOpenChange,
}: PopoverProps) {
  return (
    <Primitive.Root
      {...(isOpen === undefined ? {} : { open: isOpen })}
      {...(onOpenChange ? { onOpenChange } : {})}
    >
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className={styles.panel}
          align={align}
          sideOffset={5}
          collisionPadding={8}
          aria-label={label}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
