import { useEffect, useState } from "react";
import { Button } from "@/components/Button";
import type { IconName } from "@/components/Icon";
import { copyText } from "@/lib/clipboard";

interface CopyProps {
  text: string | (() => string);
  label: string;
  icon?: IconName;
  children?: string;
}

/** Copies on click and says so for two seconds. */
export function Copy({ text, label, icon = "copy", children }: CopyProps) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    const isCopied = await copyText(typeof text === "string" ? text : text());
    setState(isCopied ? "copied" : "failed");
  };
  const said = state === "copied" ? "Copied" : state === "failed" ? "Copying failed" : "";
  return (
    <>
      <Button
        kind="ghost"
        isSmall
        icon={state === "copied" ? "check" : state === "failed" ? "alert" : icon}
        aria-label={label}
        onClick={copy}
      >
        {children && (said || children)}
      </Button>
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </>
  );
}
