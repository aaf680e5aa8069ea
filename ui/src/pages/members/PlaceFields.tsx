import { useProjects } from "@/api/access";
import type { FieldError } from "@/api/http";
import type { Permission, Place, Role } from "@/api/model";
import { useRights } from "@/api/session";
import { fieldError } from "@/components/allowance/draft";
import { SelectField } from "@/components/Field";
import { Toggles } from "@/components/Toggles";
import styles from "./members.module.css";
import { OWNERS_ROLES, PERMISSIONS, ROLES } from "./words";

interface PlaceFieldsProps {
  organization: string;
  place: Required<Place>;
  errors: readonly FieldError[];
  onChange: (place: Required<Place>) => void;
}

/** What somebody is in an organization: role, projects, and the permissions of a custom role. */
export function PlaceFields({ organization, place, errors, onChange }: PlaceFieldsProps) {
  const { may } = useRights();
  const projects = useProjects();
  const isOwner = may("organization.manage", organization);
  const roles = ROLES.filter(
    (one) => isOwner || one.value === place.role || !OWNERS_ROLES.includes(one.value),
  );
  const own = projects.data?.filter((one) => one.organization === organization) ?? [];
  return (
    <>
      <SelectField<Role>
        label="Role"
        value={place.role}
        options={roles}
        hint={ROLES.find((one) => one.value === place.role)?.about}
        error={fieldError(errors, "role")}
        onChange={(role) => onChange({ ...place, role })}
      />
      {place.role === "custom" && (
        <Toggles<Permission>
          label="May do"
          options={PERMISSIONS}
          chosen={place.permissions}
          onChange={(permissions) => onChange({ ...place, permissions })}
        />
      )}
      {own.length > 0 && (
        <>
          <Toggles
            label="Only in these projects"
            options={own.map((one) => one.id)}
            labels={Object.fromEntries(own.map((one) => [one.id, one.name]))}
            chosen={place.projects}
            onChange={(chosen) => onChange({ ...place, projects: chosen })}
          />
          {place.projects.length === 0 && (
            <p className={styles.note}>None chosen: all projects of the organization.</p>
          )}
        </>
      )}
    </>
  );
}
