import { Link } from "@tanstack/react-router";
import { useProjects } from "@/api/access";
import type { Allowance } from "@/api/model";
import { useAllowances, useDeleteAllowance } from "@/api/money";
import { useRights } from "@/api/session";
import { budgetText, limitsText } from "@/components/allowance/words";
import { Badge } from "@/components/Badge";
import { DeleteButton } from "@/components/DeleteButton";
import { Loaded } from "@/components/Loaded";
import { Table } from "@/components/Table";
import type { Naming } from "@/lib/names";
import styles from "./BudgetsPage.module.css";

/** What is set for all of a kind: users, models, tags, ... */
export function Allowances({ nameOf }: { nameOf: Naming }) {
  const allowances = useAllowances();
  return (
    <section className={styles.section} aria-label="Set for all of a kind">
      <h2>Set for all of a kind</h2>
      <Loaded query={allowances} failure="The allowances cannot be shown" height={80}>
        {(items) =>
          items.length === 0 ? (
            <p className={styles.note}>
              Nothing yet: no budget or limit for every user, model or tag.
            </p>
          ) : (
            <Table
              label="Allowances"
              columns={[
                { label: "For" },
                { label: "Within" },
                { label: "Budgets" },
                { label: "Limits" },
                { label: "" },
              ]}
            >
              {items.map((item) => (
                <AllowanceRow
                  key={item.id ?? `${item.scope} ${item.name} ${item.project}`}
                  item={item}
                  nameOf={nameOf}
                />
              ))}
            </Table>
          )
        }
      </Loaded>
    </section>
  );
}

function AllowanceRow({ item, nameOf }: { item: Allowance; nameOf: Naming }) {
  const { rulesAll, may } = useRights();
  const remove = useDeleteAllowance();
  const within = useProjects().data?.find((one) => one.id === item.project);
  const mayChange =
    rulesAll || (within !== undefined && may("project.manage", within.organization, within.id));
  return (
    <tr>
      <td>
        <Badge>{item.scope}</Badge> {item.name === "*" ? "all" : item.name}
        {item.together ? " together" : " each"}
      </td>
      <td>{item.project ? nameOf("project", item.project) : "all projects"}</td>
      <td>{item.budgets.map(budgetText).join(", ") || "–"}</td>
      <td>{limitsText(item.limits).join(", ") || "–"}</td>
      <td>
        <div className={styles.actions}>
          {!item.in_force && (
            <Badge tone="warn" title="The configuration has one for the same">
              without effect
            </Badge>
          )}
          {item.id === null ? (
            <Badge title="Change it there">configuration</Badge>
          ) : (
            mayChange && (
              <>
                <Link to="/budgets/edit" search={{ id: item.id }}>
                  Edit
                </Link>
                <DeleteButton what="allowance" remove={remove} with={item.id}>
                  Within a second no {item.scope} is held to it any more.
                </DeleteButton>
              </>
            )
          )}
        </div>
      </td>
    </tr>
  );
}
