import { Link } from "@tanstack/react-router";
import { Empty } from "@/components/States";

export function NotFound() {
  return (
    <Empty icon="search" title="There is no such page">
      <p>The address may be mistyped, or what it showed is gone.</p>
      <p>
        <Link to="/">Overview</Link> · <Link to="/traces">Traces</Link>
      </p>
    </Empty>
  );
}
