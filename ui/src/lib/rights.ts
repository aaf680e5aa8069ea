/** What whoever is logged in may do; the server asks again with every request. */
import type { Permission, SessionState, SessionUser } from "@/api/model";

export interface Rights {
  /** Who is logged in; null for a console without users, or its access token. */
  user: SessionUser | null;
  rulesAll: boolean;
  /** In a project; without one in the organization as a whole. */
  may: (permission: Permission, organization: string, project?: string) => boolean;
  /** Wherever. */
  somewhere: (permission: Permission) => boolean;
  /** In all projects of an organization, whichever. */
  ofAnOrganization: (permission: Permission) => boolean;
}

/** Rights, seen from a project. */
export interface Access extends Rights {
  /** In that project. */
  here: (permission: Permission) => boolean;
}

export function rightsOf(session: SessionState | undefined): Rights {
  const user = session?.user ?? null;
  const rulesAll = !user || user.is_root;
  const places = user?.places ?? [];
  return {
    user,
    rulesAll,
    may: (permission, organization, project = "") =>
      rulesAll ||
      places.some(
        (place) =>
          place.organization === organization &&
          place.permissions.includes(permission) &&
          (place.projects.length === 0 || place.projects.includes(project)),
      ),
    somewhere: (permission) =>
      rulesAll || places.some((place) => place.permissions.includes(permission)),
    ofAnOrganization: (permission) =>
      rulesAll ||
      places.some((place) => place.projects.length === 0 && place.permissions.includes(permission)),
  };
}
