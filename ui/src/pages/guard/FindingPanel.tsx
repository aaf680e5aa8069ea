import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type FindingDetail, useFinding, useSay } from "@/api/guard";
import { useMayHere } from "@/api/rights";
import { useRights } from "@/api/session";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { ErrorState, Skeleton } from "@/components/States";
import { cutAround } from "@/lib/codepoints";
import { cx } from "@/lib/cx";
import { dateTime } from "@/lib/format";
import { AllowForm } from "./AllowForm";
import styles from "./guard.module.css";

const CHANGING = new Set(["redact", "mask", "replace", "transform"]);

interface FindingPanelProps {
  id: string;
  onClose: () => void;
}

/** A finding in its text, and what can be said of it. */
export function FindingPanel({ id, onClose }: FindingPanelProps) {
  const found = useFinding(id);
  return (
    <section className={cx(styles.panel, styles.sticky)} aria-label="Finding">
      <div className={styles.line}>
        <h2>
          {found.data
            ? `${found.data.finding.detector}: ${found.data.finding.kind || "score"}`
            : "Finding"}
        </h2>
        <span className={styles.push}>
          <Button kind="ghost" icon="close" aria-label="Close" onClick={onClose} />
        </span>
      </div>
      {found.data && <Shown detail={found.data} />}
      {!found.data && found.isError && (
        <ErrorState title="It cannot be shown" error={found.error} onRetry={found.refetch} />
      )}
      {!found.data && !found.isError && <Skeleton height={200} />}
    </section>
  );
}

function Shown({ detail }: { detail: FindingDetail }) {
  const { rulesAll } = useRights();
  const { finding, excerpt } = detail;
  const [isAllowing, setAllowing] = useState(false);
  // What was cut out is not in the text any more: it has to be typed.
  const isThere = finding.mode === "shadow" || !CHANGING.has(finding.action);
  const value = excerpt && isThere ? cutAround(excerpt.text, excerpt.start, excerpt.end)[1] : "";
  return (
    <>
      {excerpt ? <Text excerpt={excerpt} /> : <p className={styles.dim}>{detail.unseen}</p>}
      <Judge id={finding.id} said={finding.said} />
      {isAllowing ? (
        <AllowForm
          initial={{
            kind: "value",
            value,
            detector: finding.detector,
            finding_kind: finding.kind,
          }}
          onDone={() => setAllowing(false)}
        />
      ) : (
        rulesAll && (
          <div className={styles.line}>
            <Button icon="plus" isSmall onClick={() => setAllowing(true)}>
              Add to the allow-list
            </Button>
          </div>
        )
      )}
      <dl className={styles.facts}>
        <dt>Time</dt>
        <dd>{dateTime(new Date(finding.time))}</dd>
        <dt>Score</dt>
        <dd>{finding.score.toFixed(3)}</dd>
        <dt>Where</dt>
        <dd>
          {finding.where}, {finding.side}
          {finding.end > finding.start && `, characters ${finding.start} to ${finding.end}`}
        </dd>
        {finding.view !== "plain" && (
          <>
            <dt>Hidden as</dt>
            <dd>{finding.view}</dd>
          </>
        )}
        <dt>Policy</dt>
        <dd>
          <Link
            to="/guard/policies/$name"
            params={{ name: finding.policy }}
            className={styles.link}
          >
            {finding.policy}
          </Link>{" "}
          version {finding.version}, rule {finding.rule}
        </dd>
        <dt>Action</dt>
        <dd>
          {finding.action} {finding.mode === "shadow" && <Badge>shadow: nothing was done</Badge>}
        </dd>
        <dt>Call</dt>
        <dd>
          <Link
            to="/traces/$traceId"
            params={{ traceId: finding.trace_id }}
            className={styles.link}
          >
            {finding.model || finding.trace_id.slice(0, 12)}
          </Link>
        </dd>
      </dl>
    </>
  );
}

function Text({ excerpt }: { excerpt: NonNullable<FindingDetail["excerpt"]> }) {
  const [before, found, behind] = cutAround(excerpt.text, excerpt.start, excerpt.end);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className={styles.text} dir="auto" tabIndex={0} aria-label="Text of the finding">
      {excerpt.is_cut_before && "… "}
      {before}
      {found && <mark ref={intoView}>{found}</mark>}
      {behind}
      {excerpt.is_cut_after && " …"}
    </section>
  );
}

/** In a long text the place is scrolled to; the page stays where it is. */
function intoView(mark: HTMLElement | null) {
  const box = mark?.parentElement;
  if (!mark || !box) return;
  const [at, around] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
  const below = at.top - around.top;
  if (below + at.height > box.clientHeight) box.scrollTop += below - box.clientHeight / 3;
}

function Judge({ id, said }: { id: string; said: boolean | null }) {
  const say = useSay(id);
  const mayWrite = useMayHere("calls.write");
  if (!mayWrite) return null;
  const choose = (isTrue: boolean) => say.mutate(said === isTrue ? null : isTrue);
  return (
    <section className={styles.line} aria-label="Is it right?">
      <span className={styles.dim}>Is it right?</span>
      <Button
        icon="check"
        isSmall
        isActive={said === true}
        aria-pressed={said === true}
        disabled={say.isPending}
        onClick={() => choose(true)}
      >
        Right
      </Button>
      <Button
        icon="close"
        isSmall
        isActive={said === false}
        aria-pressed={said === false}
        disabled={say.isPending}
        onClick={() => choose(false)}
      >
        Wrong
      </Button>
      {say.isError && <span className={styles.problem}>{say.error.message}</span>}
    </section>
  );
}
