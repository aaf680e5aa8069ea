import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useInfo } from "@/api/info";
import { useLiveTraces } from "@/api/live";
import { Copy } from "@/components/Copy";
import { PageHeader } from "@/components/PageHeader";
import { FRAMEWORKS } from "./frameworks";
import styles from "./StartPage.module.css";

/** A snippet for each framework, and a lamp for the first span that comes. */
export function StartPage() {
  const [id, setId] = useState(FRAMEWORKS[0]?.id ?? "");
  const [first, setFirst] = useState("");
  useLiveTraces((ids) => setFirst((known) => known || (ids[0] ?? "")));
  const info = useInfo();
  const framework = FRAMEWORKS.find((each) => each.id === id);
  const gateway = (info.data?.gateway_url ?? "http://127.0.0.1:4000").replace(/\/+$/, "");
  const code = framework?.code(window.location.origin, gateway) ?? "";
  return (
    <>
      <PageHeader title="Send spans" />
      <div className={styles.body}>
        <div className={styles.lamp} role="status" data-lit={first !== ""}>
          {first ? (
            <>
              The first span is here.{" "}
              <Link to="/traces/$traceId" params={{ traceId: first }} search={{}}>
                Look at its trace
              </Link>
            </>
          ) : (
            "Waiting for the first span…"
          )}
        </div>
        <fieldset className={styles.choices}>
          <legend>Framework</legend>
          {FRAMEWORKS.map((each) => (
            <label key={each.id}>
              <input
                type="radio"
                name="framework"
                checked={each.id === id}
                onChange={() => setId(each.id)}
              />
              {each.label}
            </label>
          ))}
        </fieldset>
        {framework?.install && <Snippet title="Install" text={framework.install} />}
        <Snippet title="Run" text={code} />
        <p>
          Where the console asks for a token or keys are needed, send them as{" "}
          <code>Authorization: Bearer …</code>, in OpenTelemetry with{" "}
          <code>OTEL_EXPORTER_OTLP_HEADERS</code>.
        </p>
      </div>
    </>
  );
}

function Snippet({ title, text }: { title: string; text: string }) {
  return (
    <section className={styles.box} aria-label={title}>
      <header>
        <h2>{title}</h2>
        <Copy text={text} label={`Copy: ${title}`}>
          Copy
        </Copy>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </section>
  );
}
