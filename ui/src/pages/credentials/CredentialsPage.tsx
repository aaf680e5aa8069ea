import { useState } from "react";
import { useCredentials, useDeleteCredential, useSetCredential } from "@/api/credentials";
import { ApiError } from "@/api/http";
import type { Credential } from "@/api/model";
import { fieldError } from "@/components/allowance/draft";
import { Button } from "@/components/Button";
import { Confirm } from "@/components/Confirm";
import { Copy } from "@/components/Copy";
import { DeleteButton } from "@/components/DeleteButton";
import { Field, TextField } from "@/components/Field";
import { Fields } from "@/components/Form";
import { Loaded } from "@/components/Loaded";
import { PageBody } from "@/components/PageBody";
import { PageHeader } from "@/components/PageHeader";
import { Empty } from "@/components/States";
import { Table } from "@/components/Table";
import { listTime } from "@/lib/format";

export function CredentialsPage() {
  const credentials = useCredentials();
  const [edited, setEdited] = useState<string | null>(null);
  return (
    <>
      <PageHeader title="Credentials">
        <Button kind="primary" icon="plus" onClick={() => setEdited("")}>
          Set a credential
        </Button>
      </PageHeader>
      <PageBody>
        <Loaded query={credentials} failure="The credentials cannot be shown">
          {(items) =>
            items.length === 0 ? (
              <Empty icon="lock" title="No credentials in the vault">
                <p>
                  Keys of providers that are kept here are encrypted, and never shown again. In the
                  configuration stands <code>vault:name</code> instead.
                </p>
              </Empty>
            ) : (
              <Table
                label="Credentials"
                columns={[
                  { label: "Name" },
                  { label: "In the configuration" },
                  { label: "Set" },
                  { label: "" },
                ]}
              >
                {items.map((item) => (
                  <CredentialRow key={item.name} item={item} onSet={() => setEdited(item.name)} />
                ))}
              </Table>
            )
          }
        </Loaded>
        {edited !== null && <SetCredential given={edited} onClose={() => setEdited(null)} />}
      </PageBody>
    </>
  );
}

function CredentialRow({ item, onSet }: { item: Credential; onSet: () => void }) {
  const remove = useDeleteCredential();
  return (
    <tr>
      <td>{item.name}</td>
      <td>
        <code>{item.reference}</code>
        <Copy text={item.reference} label={`Copy ${item.reference}`} />
      </td>
      <td>{listTime(new Date(item.updated_time), new Date())}</td>
      <td>
        <Button isSmall onClick={onSet}>
          Set anew
        </Button>{" "}
        <DeleteButton what={item.name} remove={remove} with={item.name}>
          Providers that refer to it keep what they have until Vedette starts again, and then miss
          it.
        </DeleteButton>
      </td>
    </tr>
  );
}

function SetCredential({ given, onClose }: { given: string; onClose: () => void }) {
  const [name, setName] = useState(given);
  const [value, setValue] = useState("");
  const set = useSetCredential();
  const errors = set.error instanceof ApiError ? set.error.fields : [];
  return (
    <Confirm
      title={given ? `Set ${given} anew` : "Set a credential"}
      action="Keep it"
      isSafe
      isBusy={set.isPending || !name.trim() || !value}
      error={errors.length > 0 ? null : set.error}
      onConfirm={() => set.mutate({ name: name.trim(), value }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Fields>
        {!given && (
          <TextField
            label="Name"
            value={name}
            placeholder="openai"
            error={fieldError(errors, "name")}
            onChange={setName}
          />
        )}
        <Field
          label="Value"
          hint="It is encrypted, used within two seconds, and never shown."
          error={fieldError(errors, "value")}
        >
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="off"
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          )}
        </Field>
      </Fields>
    </Confirm>
  );
}
