import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { ApiError } from "@/api/http";
import { acceptInvitation, type Login, logIn, resetPassword, useSession } from "@/api/session";
import { Button } from "@/components/Button";
import { Forgot } from "./Forgot";
import { Card, Secret } from "./forms";
import styles from "./LoginPage.module.css";
import { Providers } from "./Providers";
import { tellProblem } from "./search";

const route = getRouteApi("/login");

export function LoginPage() {
  const { next, invitation, reset, problem } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  useEffect(() => {
    document.title = "Log in · Vedette";
  }, []);
  const enter = async (login: Login) => {
    await logIn(login);
    client.clear();
    router.history.push(next ?? "/");
  };
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        {problem && (
          <p className={styles.problem} role="alert">
            {tellProblem(problem)}
          </p>
        )}
        {invitation ? (
          <Invited token={invitation} enter={enter} />
        ) : reset ? (
          <Reset token={reset} enter={enter} />
        ) : (
          <Entrance enter={enter} next={next} />
        )}
      </div>
    </main>
  );
}

type Enter = (login: Login) => Promise<void>;

/** By address and password or through a provider where there are users, else by the access token. */
function Entrance({ enter, next }: { enter: Enter; next: string | undefined }) {
  const session = useSession();
  const [usesToken, setUsesToken] = useState(false);
  const [hasForgotten, setForgotten] = useState(false);
  if (session.isPending) return null;
  if (session.data?.token_required === false) return <Open next={next} />;
  if (!session.data?.users) return <ByToken enter={enter} />;
  const { passwords, providers, mail } = session.data;
  if (hasForgotten) return <Forgot onBack={() => setForgotten(false)} />;
  return (
    <>
      {usesToken ? (
        <ByToken enter={enter} />
      ) : (
        <>
          {passwords && <ByPassword enter={enter} />}
          <Providers providers={providers} next={next} isAlone={!passwords} />
        </>
      )}
      {passwords && mail && !usesToken && (
        <Button kind="ghost" isSmall onClick={() => setForgotten(true)}>
          Forgot your password?
        </Button>
      )}
      <Button kind="ghost" isSmall onClick={() => setUsesToken(!usesToken)}>
        {usesToken ? "Log in as a user" : "Use the access token"}
      </Button>
    </>
  );
}

/** Nobody is asked for anything here. */
function Open({ next = "/" }: { next: string | undefined }) {
  const router = useRouter();
  useEffect(() => {
    router.history.replace(next);
  }, [router, next]);
  return null;
}

function ByToken({ enter }: { enter: Enter }) {
  const [token, setToken] = useState("");
  return (
    <Card
      action="Log in"
      isReady={token.trim() !== ""}
      onSubmit={() => enter({ token: token.trim() })}
    >
      <p>
        This console asks for its access token: the one under console.token of the configuration.
      </p>
      <Secret label="Access token" value={token} onChange={setToken} />
    </Card>
  );
}

function ByPassword({ enter }: { enter: Enter }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const submit = async () => {
    try {
      await enter({ email: email.trim(), password, code: code.trim() });
    } catch (error) {
      if (error instanceof ApiError && error.code === "totp_required") setNeedsCode(true);
      throw error;
    }
  };
  return (
    <Card action="Log in" isReady={email.trim() !== "" && password !== ""} onSubmit={submit}>
      <label>
        Address
        <input
          type="email"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </label>
      <Secret label="Password" value={password} onChange={setPassword} />
      {needsCode && (
        <label>
          Code of your app, or a recovery code
          <input
            type="text"
            inputMode="text"
            autoComplete="one-time-code"
            spellCheck={false}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </label>
      )}
    </Card>
  );
}

function Invited({ token, enter }: { token: string; enter: Enter }) {
  const session = useSession();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const submit = async () => {
    const { email } = await acceptInvitation({ token, name, password });
    await enter({ email, password });
  };
  if (session.isPending) return null;
  const { passwords, providers } = session.data ?? { passwords: true, providers: [] };
  return (
    <>
      {passwords && (
        <Card action="Accept the invitation" isReady={password !== ""} onSubmit={submit}>
          <p>You were invited. Choose a password of 10 characters or more.</p>
          <label>
            Name
            <input
              type="text"
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <Secret label="Password" value={password} onChange={setPassword} isNew />
        </Card>
      )}
      <Providers providers={providers} isAlone={!passwords} isInvited />
    </>
  );
}

function Reset({ token, enter }: { token: string; enter: Enter }) {
  const [password, setPassword] = useState("");
  const submit = async () => {
    const { email } = await resetPassword({ token, password });
    await enter({ email, password });
  };
  return (
    <Card action="Set the password" isReady={password !== ""} onSubmit={submit}>
      <p>Choose a new password of 10 characters or more.</p>
      <Secret label="New password" value={password} onChange={setPassword} isNew />
    </Card>
  );
}
