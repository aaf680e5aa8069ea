import { getRouteApi } from "@tanstack/react-router";
import { GroupsPage } from "./GroupsPage";

const route = getRouteApi("/sessions");

export function SessionsPage() {
  const navigate = route.useNavigate();
  return (
    <GroupsPage
      kind="sessions"
      filters={route.useSearch()}
      onFilters={(search) => navigate({ search })}
    />
  );
}
