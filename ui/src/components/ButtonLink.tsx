import { createLink } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { Icon, type IconName } from "@/components/Icon";
import { cx } from "@/lib/cx";
import styles from "./Button.module.css";

interface PlainProps extends ComponentProps<"a"> {
  icon?: IconName;
  kind?: "normal" | "primary";
}

function Plain({ icon, kind, className, children, ...rest }: PlainProps) {
  return (
    <a {...rest} className={cx(styles.button, kind === "primary" && styles.primary, className)}>
      {icon && <Icon name={icon} width={14} height={14} />}
      {children}
    </a>
  );
}

/** A link to another page that looks like a button. */
export const ButtonLink = createLink(Plain);
