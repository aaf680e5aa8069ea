import { Link } from "@tanstack/react-router";
import type { Route } from "@/api/model";
import { useDeleteRoute } from "@/api/routes";
import { useRights } from "@/api/session";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { DeleteButton } from "@/components/DeleteButton";
import { StateBadge } from "@/components/StateBadge";
import { cx } from "@/lib/cx";
import styles from "./RoutesPage.module.css";
import { strategyLabel } from "./words";

interface RouteCardProps {
  route: Route;
  isAsked: boolean;
  onAsk: (model: string) => void;
}

export function RouteCard({ route, isAsked, onAsk }: RouteCardProps) {
  const { model, strategy = "fallback", targets } = route.route;
  const { rulesAll } = useRights();
  const remove = useDeleteRoute();
  const isPattern = /[*?]/.test(model);
  return (
    <article className={cx(styles.card, isAsked && styles.asked)} aria-label={`Route ${model}`}>
      <div className={styles.head}>
        <h2>{model}</h2>
        <Badge tone="info">{strategyLabel(strategy)}</Badge>
        {route.origin === "file" ? (
          <Badge title="Stands in the configuration: change it there">
            {route.place ?? "configuration"}
          </Badge>
        ) : (
          <Badge tone="accent" title="Made in the console">
            console
          </Badge>
        )}
        <Extras route={route} />
      </div>
      {route.problem && <p className={styles.problem}>No effect: {route.problem}</p>}
      <ol className={styles.targets}>
        {targets.map((target, index) => {
          const health = route.health[index];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: targets may repeat and nothing moves
            <li key={index}>
              <span className={styles.name}>
                <b>{target.provider}</b>
                <span>/{target.model || (isPattern ? "the client's model" : model)}</span>
              </span>
              {strategy === "weighted" && (
                <span className={styles.dim}>weight {target.weight ?? 1}</span>
              )}
              {target.when && <span className={styles.dim}>{whenText(target.when)}</span>}
              {health && (target.model || !isPattern) && <StateBadge health={health} />}
            </li>
          );
        })}
      </ol>
      <div className={styles.foot}>
        <Button icon="right" isSmall onClick={() => onAsk(sampleOf(model))}>
          Where would it go?
        </Button>
        {rulesAll && route.version !== null && (
          <span className={styles.push}>
            <Link to="/routes/edit" search={{ model }} className={styles.edit}>
              Edit
            </Link>
            <DeleteButton
              what={`route ${model}`}
              remove={remove}
              with={{ model, version: route.version }}
            >
              Calls that name this route are then looked up as any other model name.
            </DeleteButton>
          </span>
        )}
      </div>
    </article>
  );
}

function Extras({ route }: { route: Route }) {
  const { sticky, on_break, hedge_after_s, capture } = route.route;
  return (
    <>
      {sticky && <Badge>sticky by {sticky}</Badge>}
      {on_break && on_break !== "error" && <Badge>on break: {on_break}</Badge>}
      {hedge_after_s != null && <Badge>hedges after {hedge_after_s} s</Badge>}
      {capture && <Badge>capture: {capture}</Badge>}
    </>
  );
}

/** A name that a pattern stands for; other names stand for themselves. */
function sampleOf(model: string): string {
  return model.replaceAll("*", "example").replaceAll("?", "x");
}

export function whenText(when: NonNullable<Route["route"]["targets"][number]["when"]>): string {
  const { model = [], tags = [], capability = [], min_input_tokens, max_input_tokens } = when;
  const parts = [
    model.length && `model ${model.join(" or ")}`,
    tags.length && `tag ${tags.join(" or ")}`,
    capability.length && `uses ${capability.join(" and ")}`,
    min_input_tokens != null && `≥ ${min_input_tokens} tokens`,
    max_input_tokens != null && `≤ ${max_input_tokens} tokens`,
  ].filter(Boolean);
  return parts.length ? `when ${parts.join(", ")}` : "any call";
}
