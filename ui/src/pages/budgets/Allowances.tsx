import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useProjects } from "@/api/access";
import type { Allowance } from "@/api/model";
import { useAllowances, useDeleteAllowance } from "@/api/money";
import { useRights } from "@/api/session";
import { budgetText, limitsText } from "@/components/allowance/words";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
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
                <DeleteAllowance id={item.id} scope={item.scope} />
              </>
            )
          )}
        </div>
      </td>
    </tr>
  );
}

function DeleteAllowance({ id, scope }: { id: string; scope: string }) {
  const [isOpen, setOpen] = useState(false);
  const remove = useDeleteAllowance();
  return (
    <>
      <Button
        kind="ghost"
        icon="trash"
        isSmall
        aria-label="Delete allowance"
        onClick={() => setOpen(true)}
      />
      {isOpen && (
        <Confirm
          title="Delete this allowance?"
          action="Delete"
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(id, { onSuccess: () => setOpen(false) })}
          onClose={() => setOpen(false)}
        >
          <p>Within a second no {scope} is held to it any more.</p>
        </Confirm>
      )}
    </>
  );
}
