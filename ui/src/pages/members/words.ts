/** What roles and permissions are called, and what they mean. */
import type { Permission, Role } from "@/api/model";

export const ROLES: readonly { value: Role; label: string; about: string }[] = [
  { value: "viewer", label: "Viewer", about: "Sees calls, charts, alerts, usage and cost." },
  {
    value: "member",
    label: "Member",
    about: "Saves views, writes notes, and asks the guard, too.",
  },
  {
    value: "admin",
    label: "Admin",
    about: "Manages keys, projects, alerts and members, and reads the audit log, too.",
  },
  { value: "owner", label: "Owner", about: "Makes and unmakes owners, and makes projects, too." },
  { value: "custom", label: "Custom", about: "May do what is chosen below, and nothing else." },
];

/** Roles that owners alone give and take. */
export const OWNERS_ROLES: readonly Role[] = ["owner", "custom"];

export const PERMISSIONS: readonly Permission[] = [
  "calls.read",
  "calls.write",
  "guard.use",
  "usage.read",
  "keys.manage",
  "project.manage",
  "alerts.manage",
  "policies.manage",
  "members.manage",
  "audit.read",
  "organization.manage",
];

export const roleLabel = (role: string) => ROLES.find((one) => one.value === role)?.label ?? role;
