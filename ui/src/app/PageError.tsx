import type { ErrorComponentProps } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useLiveState } from "@/api/live";
import { ErrorState } from "@/components/States";
import { isNotFetched } from "@/lib/chunks";

/** A page that threw: the shell stays, the page can be tried again. */
export function PageError({ error, reset }: ErrorComponentProps) {
  if (isNotFetched(error)) return <NotFetched />;
  return <ErrorState title="This page failed to draw" error={error} onRetry={reset} />;
}

const REASON = new Error(
  "The console's server cannot be reached, or it was updated since this window was opened.",
);

/** Its code did not come; browsers remember that, so all is loaded anew, also when we are back. */
function NotFetched() {
  const state = useLiveState();
  const wasAway = useRef(false);
  useEffect(() => {
    if (state !== "live") wasAway.current = true;
    else if (wasAway.current) location.reload();
  }, [state]);
  return (
    <ErrorState
      title="This page cannot be loaded"
      error={REASON}
      onRetry={() => location.reload()}
    />
  );
}
