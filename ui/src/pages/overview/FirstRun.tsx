import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useInfo } from "@/api/info";
import { Copy } from "@/components/Copy";
import { Segmented } from "@/components/Segmented";
import styles from "./FirstRun.module.css";
import { LANGUAGES, type Language, snippet } from "./snippets";

const DEFAULT_GATEWAY = "http://127.0.0.1:4000";

/** Nothing was recorded yet: how to send the first call. The page changes when it arrives. */
export function FirstRun() {
  const [language, setLanguage] = useState<Language>("curl");
  const info = useInfo();
  const gateway = info.data?.gateway_url ?? DEFAULT_GATEWAY;
  const command = `${info.data?.command ?? "vedette"} demo`;
  const demo = gateway === DEFAULT_GATEWAY ? command : `${command} --url ${gateway}/v1`;
  const text = snippet(language, gateway);
  return (
    <div className={styles.page}>
      <div className={styles.waiting} role="status">
        <span className={styles.beat} />
        Waiting for the first call
      </div>
      <h2>Send a call through the gateway</h2>
      <p className={styles.lead}>
        Point any OpenAI client at Vedette. This one needs no key: <code>sim/chat</code> is a
        simulated model that is built in. The call shows up here within a second.
      </p>
      <div className={styles.box}>
        <div className={styles.bar}>
          <Segmented label="Language" value={language} options={LANGUAGES} onChange={setLanguage} />
          <Copy text={text} label="Copy the example">
            Copy
          </Copy>
        </div>
        <pre className={styles.code}>
          <code>{text}</code>
        </pre>
      </div>
      <p className={styles.demo}>
        Traced by OpenTelemetry, LangChain, the AI SDK or another framework already?{" "}
        <Link to="/start">Send its spans here</Link>.
      </p>
      <p className={styles.demo}>
        Or let it fill itself with varied simulated traffic: <code>{demo}</code>
        <Copy text={demo} label="Copy the command" />
      </p>
    </div>
  );
}
