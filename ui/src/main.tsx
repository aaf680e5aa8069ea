import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { LiveConnection, LiveContext } from "@/api/live";
import { createQueryClient } from "@/app/queryClient";
import { router } from "@/app/router";
import "@/styles/tokens.css";
import "@/styles/base.css";

const live = new LiveConnection();

const queryClient = createQueryClient(() => {
  const here = router.state.location;
  if (here.pathname !== "/login")
    void router.navigate({ to: "/login", search: { next: here.href } });
});

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <LiveContext value={live}>
        <RouterProvider router={router} />
      </LiveContext>
    </QueryClientProvider>
  </StrictMode>,
);
