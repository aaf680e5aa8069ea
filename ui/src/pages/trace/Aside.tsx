import type { ReactNode } from "react";
import type { Span, ToolDefinition } from "@/api/model";
import { seriesToken } from "@/charts/palette";
import { JsonTree } from "@/components/JsonTree";
import { LongText } from "@/components/LongText";
import { count, duration, money } from "@/lib/format";
import { pretty } from "@/lib/text";
import { type Bucket, bucketsOf, costSource, searchesOf } from "@/lib/usage";
import styles from "./Aside.module.css";
import { guardRows } from "./guard";

const PARAMETER = "gen_ai.request.";

/** The facts of a span beside its conversation. */
export function Aside({ span }: { span: Span }) {
  const parameters = Object.entries(span.attributes).filter(
    ([name]) => name.startsWith(PARAMETER) && name !== `${PARAMETER}model`,
  );
  const guarded = guardRows(span.attributes);
  return (
    <aside className={styles.aside} aria-label="Facts of the span">
      <Section title="Call">
        <Pairs
          rows={[
            ["Kind", span.kind],
            ["Provider", span.provider],
            ["Route", span.route],
            ["Model asked for", span.model],
            ["Model that answered", span.response_model],
            ["Finish", span.finish_reason],
            ["Duration", duration(span.duration_ms)],
            ["First token", span.ttft_ms === null ? null : duration(span.ttft_ms)],
          ]}
        />
      </Section>
      <Tokens span={span} />
      {(span.kind === "llm" || span.kind === "embedding" || span.cost_usd !== null) && (
        <Section title="Cost">
          <Pairs
            rows={[
              ["Total", span.cost_usd === null ? null : money(span.cost_usd)],
              ["Source", costSource(span)],
              ["Price list", span.price_version],
            ]}
          />
        </Section>
      )}
      {guarded.length > 0 && (
        <Section title="Guard">
          <Pairs rows={guarded} />
        </Section>
      )}
      {parameters.length > 0 && (
        <Section title="Parameters">
          <Pairs
            rows={parameters.map(([name, value]) => [name.slice(PARAMETER.length), pretty(value)])}
          />
        </Section>
      )}
      {span.tools.length > 0 && (
        <Section title={`Tools offered (${span.tools.length})`}>
          {span.tools.map((tool, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat and nothing moves
            <Tool key={index} tool={tool} />
          ))}
        </Section>
      )}
    </aside>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Pairs({ rows }: { rows: [string, string | null | undefined][] }) {
  return (
    <dl className={styles.pairs}>
      {rows.map(([name, value]) =>
        value ? (
          <Pair key={name} name={name}>
            <LongText text={value} limit={300} />
          </Pair>
        ) : null,
      )}
    </dl>
  );
}

function Pair({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Tokens({ span }: { span: Span }) {
  const buckets = bucketsOf(span.usage);
  const searches = searchesOf(span.usage);
  if (buckets.length === 0 && searches.length === 0) return null;
  const title = span.usage.estimated ? "Tokens (estimated)" : "Tokens";
  return (
    <Section title={title}>
      <div className={styles.stack} aria-hidden="true">
        {buckets.map((bucket, index) => (
          <i
            key={`${bucket.side} ${bucket.label}`}
            style={{ flexGrow: bucket.tokens, background: `var(${seriesToken(index)})` }}
          />
        ))}
      </div>
      <dl className={styles.pairs}>
        {SIDES.map((side) => (
          <Side
            key={side}
            side={side}
            buckets={buckets.filter((bucket) => bucket.side === side)}
            total={side === "input" ? span.usage.input_total : span.usage.output_total}
          />
        ))}
        {searches.map(([name, times]) => (
          <Pair key={name} name={name}>
            <span className={styles.number}>{count(times)}</span>
          </Pair>
        ))}
      </dl>
    </Section>
  );
}

const SIDES = ["input", "output"] as const;

function Side({ side, buckets, total }: { side: string; buckets: Bucket[]; total: number }) {
  return (
    <>
      {buckets.map((bucket) => (
        <Pair key={bucket.label} name={`${side}, ${bucket.label}`}>
          <span className={styles.number}>{count(bucket.tokens)}</span>
        </Pair>
      ))}
      {buckets.length > 1 && (
        <Pair name={`${side}, all`}>
          <span className={styles.sum}>{count(total)}</span>
        </Pair>
      )}
    </>
  );
}

function Tool({ tool }: { tool: ToolDefinition }) {
  return (
    <details className={styles.fold}>
      <summary>{tool.name}</summary>
      <div>
        {tool.description && <LongText text={tool.description} limit={400} />}
        {tool.parameters !== undefined && tool.parameters !== null && (
          <JsonTree value={tool.parameters} depth={3} />
        )}
      </div>
    </details>
  );
}
