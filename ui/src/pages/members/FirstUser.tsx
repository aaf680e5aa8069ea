import { useState } from "react";
import { useRights } from "@/api/session";
import { Button } from "@/components/Button";
import { PageBody } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";
import { UserDialog } from "./UserDialog";

/** As long as nobody has a log-in of their own. */
export function FirstUser() {
  const { rulesAll } = useRights();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PageHeader title="Members" />
      <PageBody>
        <Empty icon="user" title="Nobody has a log-in of their own yet">
          <p>
            Whoever reaches this console may do everything. With the first user it asks everybody to
            log in, and each may do what their role allows.
          </p>
          {rulesAll && (
            <Button kind="primary" icon="plus" onClick={() => setOpen(true)}>
              Make the first user
            </Button>
          )}
        </Empty>
        {isOpen && <UserDialog isFirst onClose={() => setOpen(false)} />}
      </PageBody>
    </>
  );
}
