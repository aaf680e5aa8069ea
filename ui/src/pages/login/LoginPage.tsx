import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { logIn } from "@/api/session";
import { Button } from "@/components/Button";
import styles from "./LoginPage.module.css";

const route = getRouteApi("/login");

export function LoginPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const [token, setToken] = useState("");
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    document.title = "Log in · Vedette";
  }, []);
  const submit = async () => {
    setBusy(true);
    setProblem("");
    try {
      await logIn(token.trim());
      client.clear();
      router.history.push(next ?? "/");
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className={styles.page}>
      <form
        className={styles.card}
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() && !isBusy) void submit();
        }}
      >
        <img src="/favicon.svg" width="34" height="34" alt="" />
        <h1>Vedette</h1>
        <p>
          This console asks for its access token: the one under console.token of the configuration.
        </p>
        <label>
          Access token
          <input
            type="password"
            autoComplete="current-password"
            value={token}
            aria-invalid={problem !== ""}
            onChange={(event) => setToken(event.target.value)}
          />
        </label>
        {problem && (
          <p className={styles.error} role="alert">
            {problem}
          </p>
        )}
        <Button type="submit" kind="primary" disabled={!token.trim() || isBusy}>
          {isBusy ? "Checking…" : "Log in"}
        </Button>
      </form>
    </main>
  );
}
