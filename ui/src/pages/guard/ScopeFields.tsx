import type { ApiError } from "@/api/http";
import { TextField } from "@/components/Field";
import { type Draft, errorOf, SCOPES } from "./draft";
import styles from "./guard.module.css";

const HINTS: Record<string, string> = {
  organizations: "ids or names",
  projects: "ids or names",
  keys: "ids",
  routes: "patterns such as chat-*",
  models: "patterns such as gpt-*",
  tags: "as clients say",
};

interface ScopeFieldsProps {
  scope: Draft["scope"];
  /** As the API names it: `scope`, `rules[2].scope`. */
  place: string;
  errors: ApiError["fields"];
  onChange: (scope: Draft["scope"]) => void;
}

/** Whose calls something is for. */
export function ScopeFields({ scope, place, errors, onChange }: ScopeFieldsProps) {
  return (
    <div className={styles.grid}>
      {SCOPES.map((field) => (
        <TextField
          key={field}
          label={field[0]?.toUpperCase() + field.slice(1)}
          hint={HINTS[field]}
          placeholder="any"
          value={scope[field]}
          onChange={(value) => onChange({ ...scope, [field]: value })}
          error={errorOf(errors, `${place}.${field}`)}
        />
      ))}
    </div>
  );
}
