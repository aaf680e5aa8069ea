import { getRouteApi } from "@tanstack/react-router";
import { GroupsPage } from "@/pages/sessions/GroupsPage";

const route = getRouteApi("/users");

export function UsersPage() {
  const navigate = route.useNavigate();
  return (
    <GroupsPage
      kind="end-users"
      filters={route.useSearch()}
      onFilters={(search) => navigate({ search })}
    />
  );
}
