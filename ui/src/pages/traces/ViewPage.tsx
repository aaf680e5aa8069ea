import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useView } from "@/api/views";
import { PageHeader } from "@/components/PageHeader";
import { ErrorState, Skeleton } from "@/components/States";
import { readFilters } from "@/lib/filters";
import { save } from "@/lib/storage";
import { readColumns } from "./useColumns";

const route = getRouteApi("/views/$viewId");

/** Where the link of a view leads: the list as it was saved. */
export function ViewPage() {
  const { viewId } = route.useParams();
  const view = useView(viewId);
  const navigate = useNavigate();
  useEffect(() => {
    if (!view.data) return;
    const columns = readColumns(view.data.layout.columns);
    if (columns) save("columns", columns);
    void navigate({ to: "/traces", search: readFilters(view.data.query), replace: true });
  }, [view.data, navigate]);
  return (
    <>
      <PageHeader title="Saved view" />
      {view.error ? (
        <ErrorState title="This view cannot be opened" error={view.error} onRetry={view.refetch} />
      ) : (
        <div aria-busy="true">
          <Skeleton height={240} />
        </div>
      )}
    </>
  );
}
