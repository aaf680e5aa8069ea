import { type ReactNode, useState } from "react";
import { Button } from "@/components/Button";
import styles from "./LoginPage.module.css";

export function Secret(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  isNew?: boolean;
}) {
  return (
    <label>
      {props.label}
      <input
        type="password"
        autoComplete={props.isNew ? "new-password" : "current-password"}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </label>
  );
}

export function Card(props: {
  action: string;
  isReady: boolean;
  onSubmit: () => Promise<void>;
  children: ReactNode;
}) {
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    setProblem("");
    try {
      await props.onSubmit();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={styles.card}
      onSubmit={(event) => {
        event.preventDefault();
        if (props.isReady && !isBusy) void submit();
      }}
    >
      <img src="/favicon.svg" width="34" height="34" alt="" />
      <h1>Vedette</h1>
      {props.children}
      {problem && (
        <p className={styles.error} role="alert">
          {problem}
        </p>
      )}
      <Button type="submit" kind="primary" disabled={!props.isReady || isBusy}>
        {isBusy ? "Checking…" : props.action}
      </Button>
    </form>
  );
}
