import { Link } from "@tanstack/react-router";
import type { Need } from "@/app/pages";
import { Empty } from "@/components/States";

/** Instead of a page that is of no use to whoever is logged in. */
export function Closed({ needs }: { needs: Need }) {
  return (
    <Empty icon="lock" title="This page is not open to you">
      {needs === "everything" ? (
        <p>It is for those who may do everything.</p>
      ) : needs.startsWith("organization:") ? (
        <p>
          It needs the permission <code>{needs.split(":")[1]}</code> in a whole organization.
        </p>
      ) : (
        <p>
          It needs the permission <code>{needs}</code> in the chosen project.
        </p>
      )}
      <p>
        <Link to="/projects">Your projects</Link>
      </p>
    </Empty>
  );
}
