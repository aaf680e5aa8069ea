import { useState } from "react";
import { useMyTokens, useRevokeToken } from "@/api/me";
import type { PersonalToken } from "@/api/model";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { Loaded } from "@/components/Loaded";
import { Table } from "@/components/Table";
import { dateTime } from "@/lib/format";
import styles from "./profile.module.css";
import { TokenDialog } from "./TokenDialog";

/** Personal tokens: programs that act for oneself. */
export function Tokens() {
  const tokens = useMyTokens();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className={styles.stack} aria-label="Personal tokens">
      <div className={styles.head}>
        <h2>Personal tokens</h2>
        <Button icon="plus" onClick={() => setOpen(true)}>
          New token
        </Button>
      </div>
      <p className={styles.note}>
        A program that shows one may do what you may, or less. Commands take it as{" "}
        <code>VEDETTE_TOKEN</code>.
      </p>
      <Loaded query={tokens} failure="Your tokens cannot be shown" height={80}>
        {(items) => items.length > 0 && <TokenTable items={items} />}
      </Loaded>
      {isOpen && <TokenDialog onClose={() => setOpen(false)} />}
    </section>
  );
}

function TokenTable({ items }: { items: readonly PersonalToken[] }) {
  return (
    <Table
      label="Personal tokens"
      columns={[
        { label: "Name" },
        { label: "May do" },
        { label: "Made" },
        { label: "Until" },
        { label: "" },
      ]}
    >
      {items.map((token) => (
        <tr key={token.id}>
          <td>{token.name}</td>
          <td title={token.permissions.join(", ")}>
            {token.permissions.join(", ") || "All that you may"}
          </td>
          <td>{dateTime(new Date(token.created_time))}</td>
          <td>{token.expires_time ? <Until time={token.expires_time} /> : "No end"}</td>
          <td className={styles.last}>
            <Revoke token={token} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Until({ time }: { time: string }) {
  const at = new Date(time);
  return at <= new Date() ? <Badge tone="warn">expired</Badge> : dateTime(at);
}

function Revoke({ token }: { token: PersonalToken }) {
  const [isOpen, setOpen] = useState(false);
  const revoke = useRevokeToken();
  return (
    <>
      <Button isSmall aria-label={`Revoke ${token.name}`} onClick={() => setOpen(true)}>
        Revoke
      </Button>
      {isOpen && (
        <Confirm
          title={`Revoke ${token.name}?`}
          action="Revoke"
          isBusy={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate(token.id, { onSuccess: () => setOpen(false) })}
          onClose={() => setOpen(false)}
        >
          <p>Programs that show it are refused at once.</p>
        </Confirm>
      )}
    </>
  );
}
