import { useState } from "react";
import { apiUrl } from "@/api/http";
import { Icon } from "@/components/Icon";
import { rangeParams } from "@/lib/timerange";
import styles from "./AuditPage.module.css";
import type { AuditSearch } from "./search";

const FRAMEWORKS = [
  { value: "gdpr", label: "GDPR" },
  { value: "ccpa", label: "CCPA" },
  { value: "soc2", label: "SOC 2" },
] as const;
const FORMATS = ["html", "pdf", "json"] as const;

/** Evidence for an auditor, of the chosen time and organization. */
export function ReportPanel({ search }: { search: AuditSearch }) {
  const [framework, setFramework] = useState<string>("gdpr");
  const [format, setFormat] = useState<string>("html");
  const params = {
    ...rangeParams(search),
    ...(search.organization && { organization: search.organization }),
    format,
  };
  return (
    <section className={styles.panel} aria-label="Compliance report">
      <div className={styles.panelHead}>
        <h2>Compliance report</h2>
        <span className={styles.reportControls}>
          <select
            aria-label="Framework"
            value={framework}
            onChange={(event) => setFramework(event.target.value)}
          >
            {FRAMEWORKS.map((one) => (
              <option key={one.value} value={one.value}>
                {one.label}
              </option>
            ))}
          </select>
          <select
            aria-label="Format"
            value={format}
            onChange={(event) => setFormat(event.target.value)}
          >
            {FORMATS.map((one) => (
              <option key={one} value={one}>
                {one.toUpperCase()}
              </option>
            ))}
          </select>
          <a
            className={styles.download}
            href={apiUrl(`/compliance/${framework}`, params)}
            download={`vedette-${framework}.${format}`}
          >
            <Icon name="download" width={14} height={14} />
            Report
          </a>
        </span>
      </div>
      <p className={styles.quiet}>
        Access, keys, policies, findings, retention, deletions, providers, encryption and the state
        of this log, of the chosen time (90 days without one). Evidence, not a certification.
      </p>
    </section>
  );
}
