import { useState } from "react";
import { useChangeNotes, useNotes } from "@/api/notes";
import { useMayHere } from "@/api/rights";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Popover } from "@/components/Popover";
import { ago, dateTime } from "@/lib/format";
import styles from "./NotesPanel.module.css";

/** A number, true or false, or a category, as it was typed. */
function readValue(text: string): number | boolean | string {
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : text;
}

/** Bookmark, tags, scores and comments of a trace. */
export function NotesPanel({ traceId }: { traceId: string }) {
  const notes = useNotes(traceId).data;
  const change = useChangeNotes(traceId);
  const mayWrite = useMayHere("calls.write");
  const [isOpen, setOpen] = useState(false);
  const isMarked = notes?.bookmarked ?? false;
  const said = (notes?.comments.length ?? 0) + (notes?.scores.length ?? 0);
  return (
    <>
      <Button
        isSmall
        icon="bookmark"
        isActive={isMarked}
        aria-pressed={isMarked}
        aria-label="Bookmark"
        disabled={!mayWrite}
        title={mayWrite ? undefined : "Needs the permission calls.write"}
        onClick={() => change.mutate({ type: "bookmark", isOn: !isMarked })}
      />
      <Popover
        label="Notes"
        align="end"
        isOpen={isOpen}
        onOpenChange={setOpen}
        trigger={
          <Button isSmall isActive={said > 0}>
            Notes{said > 0 ? ` ${said}` : ""}
          </Button>
        }
      >
        <fieldset className={styles.panel} disabled={!mayWrite}>
          {!mayWrite && <p>Changing these needs the permission calls.write.</p>}
          {change.error && <p role="alert">{change.error.message}</p>}
          <section>
            <h2>Tags given later</h2>
            <div className={styles.tags}>
              {notes?.tags.map((tag) => (
                <Badge key={tag}>
                  {tag}
                  <button
                    type="button"
                    aria-label={`Remove tag ${tag}`}
                    onClick={() => change.mutate({ type: "tag", tag, isOn: false })}
                  >
                    <Icon name="close" width={10} height={10} />
                  </button>
                </Badge>
              ))}
            </div>
            <OneField
              label="New tag"
              action="Add"
              onSend={(tag) => change.mutate({ type: "tag", tag, isOn: true })}
            />
          </section>
          <section>
            <h2>Scores</h2>
            <dl>
              {notes?.scores.map((score) => (
                <div key={score.id}>
                  <dt title={score.comment ?? undefined}>{score.name}</dt>
                  <dd>
                    {String(score.value)} <small>{score.source}</small>
                  </dd>
                </div>
              ))}
            </dl>
            <form
              onSubmit={(event) => {
                event.preventDefault();
                const form = new FormData(event.currentTarget);
                const name = String(form.get("name")).trim();
                const value = String(form.get("value")).trim();
                if (name && value) change.mutate({ type: "score", name, value: readValue(value) });
                event.currentTarget.reset();
              }}
            >
              <input name="name" aria-label="Name of the score" placeholder="helpful" required />
              <input name="value" aria-label="Value of the score" placeholder="0.9" required />
              <Button type="submit">Score</Button>
            </form>
          </section>
          <section>
            <h2>Comments</h2>
            {notes?.comments.map((comment) => (
              <p key={comment.id} className={styles.comment}>
                {comment.text}
                <small title={dateTime(new Date(comment.time))}>
                  {comment.author ? `${comment.author}, ` : ""}
                  {ago(new Date(comment.time), new Date())}
                  <button
                    type="button"
                    aria-label="Delete the comment"
                    onClick={() => change.mutate({ type: "uncomment", id: comment.id })}
                  >
                    <Icon name="close" width={10} height={10} />
                  </button>
                </small>
              </p>
            ))}
            <OneField
              label="New comment"
              action="Comment"
              onSend={(text) => change.mutate({ type: "comment", text })}
            />
          </section>
        </fieldset>
      </Popover>
    </>
  );
}

interface OneFieldProps {
  label: string;
  action: string;
  onSend: (text: string) => void;
}

function OneField({ label, action, onSend }: OneFieldProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const text = String(new FormData(event.currentTarget).get("text")).trim();
        if (text) onSend(text);
        event.currentTarget.reset();
      }}
    >
      <input name="text" aria-label={label} placeholder={label} required />
      <Button type="submit">{action}</Button>
    </form>
  );
}
