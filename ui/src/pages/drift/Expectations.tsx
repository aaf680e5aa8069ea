import { SelectField, TextField } from "@/components/Field";
import { Area, More, Part, type PartProps } from "./ProbeForm";

const REFUSALS = [
  { value: "", label: "either" },
  { value: "no", label: "answers" },
  { value: "yes", label: "refuses" },
] as const;
const LIKENESS = [
  { value: "", label: "not asked" },
  { value: "exact", label: "the same text" },
  { value: "structural", label: "built alike" },
  { value: "lexical", label: "in like words" },
] as const;
/** Those of the detector `format`. */
const FORMATS = [
  "json",
  "number",
  "integer",
  "date",
  "datetime",
  "email",
  "url",
  "uuid",
  "ip",
  "one_line",
  "one_word",
];

/** Everything that can be asked of an answer; empty fields ask nothing. */
export function Expectations({ draft, set, text }: PartProps) {
  return (
    <Part title="What is expected">
      <TextField
        label="Contains"
        hint="several with commas"
        {...text("contains", "expect.contains")}
      />
      <TextField label="Lacks" hint="several with commas" {...text("lacks", "expect.lacks")} />
      <TextField label="Is exactly" {...text("exact", "expect.exact")} />
      <TextField label="Matches (RE2)" {...text("regex", "expect.regex")} />
      <SelectField
        label="Refusal"
        value={draft.refusal}
        options={REFUSALS}
        onChange={(refusal) => set({ refusal })}
      />
      <TextField
        label="Format"
        placeholder="any"
        suggestions={FORMATS}
        {...text("format", "expect.format")}
      />
      <TextField
        label="At most (ms)"
        inputMode="numeric"
        {...text("maxLatencyMs", "expect.max_latency_ms")}
      />
      <TextField
        label="At most (tokens)"
        inputMode="numeric"
        {...text("maxTokens", "expect.max_tokens")}
      />
      <SelectField
        label="Like the baseline"
        value={draft.likeBaseline}
        options={LIKENESS}
        onChange={(likeBaseline) => set({ likeBaseline })}
      />
      <TextField
        label="Answers of the baseline"
        hint="of each model"
        inputMode="numeric"
        {...text("baselineSamples", "baseline_samples")}
      />
      {draft.likeBaseline === "lexical" && (
        <TextField
          label="Likeness at least"
          hint="0 to 1"
          inputMode="decimal"
          {...text("leastSimilarity", "expect.least_similarity")}
        />
      )}
      <TextField
        label="Agreement at least"
        hint="of the answers of one run, 0 to 1"
        inputMode="decimal"
        {...text("leastConsistency", "expect.least_consistency")}
      />
      <More title="JSON schema" isOpen={draft.schema !== ""}>
        <Area label="Fits the schema (JSON)" {...text("schema", "expect.json_schema")} />
      </More>
    </Part>
  );
}
