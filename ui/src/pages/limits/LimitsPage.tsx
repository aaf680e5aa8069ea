import type { HeldLimit } from "@/api/model";
import { useLimits } from "@/api/money";
import { useMayHere } from "@/api/rights";
import { UNITS } from "@/components/allowance/words";
import { Badge } from "@/components/Badge";
import { ButtonLink } from "@/components/ButtonLink";
import { Loaded } from "@/components/Loaded";
import { Meter } from "@/components/Meter";
import { PageBody } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";
import { Figure, Table } from "@/components/Table";
import { count, money, percent } from "@/lib/format";
import { type Naming, useNames } from "@/lib/names";

export function LimitsPage() {
  const limits = useLimits();
  const nameOf = useNames();
  const mayMake = useMayHere("project.manage");
  return (
    <>
      <PageHeader title="Limits">
        {mayMake && (
          <ButtonLink to="/budgets/edit" kind="primary" icon="plus">
            New limit
          </ButtonLink>
        )}
      </PageHeader>
      <PageBody>
        <Loaded query={limits} failure="The limits cannot be shown">
          {(items) =>
            items.length === 0 ? (
              <Empty icon="limits" title="No limits in force">
                <p>
                  Keys, projects and organizations can be limited where they are made; users,
                  models, tags and the like by a limit for all of them.
                </p>
              </Empty>
            ) : (
              <Table
                label="Limits in force"
                columns={[
                  { label: "Whose" },
                  { label: "What" },
                  { label: "Used" },
                  { label: "Now", isFigure: true },
                  { label: "Limit", isFigure: true },
                  { label: "Where use cannot be told" },
                ]}
              >
                {items.map((item) => (
                  <LimitRow
                    key={`${item.scope} ${item.name} ${item.project} ${item.unit}`}
                    item={item}
                    nameOf={nameOf}
                  />
                ))}
              </Table>
            )
          }
        </Loaded>
      </PageBody>
    </>
  );
}

function LimitRow({ item, nameOf }: { item: HeldLimit; nameOf: Naming }) {
  const share = Number(item.limit) > 0 ? Number(item.used) / Number(item.limit) : 1;
  const tone = share >= 1 ? "bad" : share >= 0.8 ? "warn" : "good";
  const show = (value: string) => (item.unit === "cost" ? money(value) : count(Number(value)));
  return (
    <tr>
      <td>
        <Badge>{item.scope}</Badge> {item.name ? nameOf(item.scope, item.name) : "all together"}
        {item.project && item.scope !== "key" && ` in ${nameOf("project", item.project)}`}
      </td>
      <td>{UNITS[item.unit]}</td>
      <td>
        <Meter label={percent(share, 0)} share={share} tone={tone} />
      </td>
      <Figure>{show(item.used)}</Figure>
      <Figure>{show(item.limit)}</Figure>
      <td>{item.on_failure === "open" ? "calls go on" : "calls get 503"}</td>
    </tr>
  );
}
