import type { ComponentProps } from "react";
import { Icon, type IconName } from "@/components/Icon";
import { cx } from "@/lib/cx";
import styles from "./Button.module.css";

interface ButtonProps extends ComponentProps<"button"> {
  kind?: "normal" | "primary" | "danger" | "ghost";
  icon?: IconName;
  isActive?: boolean;
  isSmall?: boolean;
}

/** Without children it is square and needs an `aria-label`. */
export function Button({
  kind,
  icon,
  isActive,
  isSmall,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      title={children ? undefined : rest["aria-label"]}
      {...rest}
      className={cx(
        styles.button,
        kind === "primary" && styles.primary,
        kind === "danger" && styles.danger,
        kind === "ghost" && styles.ghost,
        isActive && styles.active,
        isSmall && styles.small,
        !children && styles.square,
        className,
      )}
    >
      {icon && <Icon name={icon} width={14} height={14} />}
      {children}
    </button>
  );
}
